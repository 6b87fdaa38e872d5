namespace Registry.Identity;

/// <summary>Where links in mail lead. From configuration, never from the Host header of whoever asked (S-20).</summary>
public sealed record PublicAddress(Uri Base)
{
    public static PublicAddress Read(IConfiguration configuration, bool demo)
    {
        var text = configuration["REGISTRY_PUBLIC_ADDRESS"];
        if (string.IsNullOrEmpty(text))
        {
            return demo
                ? new PublicAddress(new Uri("http://localhost:5080/"))
                : throw new InvalidOperationException("REGISTRY_PUBLIC_ADDRESS is not set: give the address under which people reach the registry, as https://registre.exemple.fr/.");
        }
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? new PublicAddress(address)
            : throw new InvalidOperationException($"REGISTRY_PUBLIC_ADDRESS is no web address: {text}.");
    }

    public string Of(string path) => new Uri(Base, path).ToString();
}
