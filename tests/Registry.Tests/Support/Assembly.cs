using Registry.Tests.Support;

[assembly: AssemblyFixture(typeof(RegistryFixture))]
