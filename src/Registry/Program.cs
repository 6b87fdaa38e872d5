using Registry;

return args.FirstOrDefault(word => !word.StartsWith('-')) switch
{
    null or "serve" => await Server.RunAsync(args),
    "roles" => await Verbs.RolesAsync(),
    "migrate" => await Verbs.MigrateAsync(),
    "demo" => await Verbs.DemoAsync(),
    "create-admin" => await Verbs.CreateAdminAsync(args),
    "bench-data" => await Verbs.BenchDataAsync(args),
    "export" => await Verbs.ExportAsync(args),
    "import" => await Verbs.ImportAsync(args),
    "verify" => await Verbs.VerifyAsync(),
    "deadlines" => Verbs.Deadlines(args, Console.Out, Console.Error),
    "health" => await Verbs.HealthAsync(args),
    _ => Verbs.Usage(),
};
