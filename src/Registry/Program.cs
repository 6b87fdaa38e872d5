using Registry.Data;

var connection = Environment.GetEnvironmentVariable("REGISTRY_DATABASE")!;
var keys = Keys.FromFile(Environment.GetEnvironmentVariable("REGISTRY_KEY_FILE"));
foreach (var name in await Migrator.MigrateAsync(connection, keys)) Console.WriteLine(name);
