using Registry.Bench;

// Started by ./bench; alone it does nothing useful.
return args.FirstOrDefault() switch
{
    "bare" => await BareServer.RunAsync(args[1..]),
    "measure" => await Measures.RunAsync(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Registry.Bench [bare --urls URL | measure FOLDER-OF-REGISTRY SMALL-RECORDS LARGE-RECORDS]: see ./bench");
    return 2;
}
