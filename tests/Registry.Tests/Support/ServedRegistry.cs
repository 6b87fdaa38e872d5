using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace Registry.Tests.Support;

/// <summary>The same database behind the real server on a real port: what limits a request is there and not in the test server.</summary>
public sealed class ServedRegistry : WebApplicationFactory<Program>
{
    private readonly RegistryFixture _registry;
    private readonly string _keyFile = Path.GetTempFileName();

    public ServedRegistry(RegistryFixture registry)
    {
        _registry = registry;
        File.WriteAllText(_keyFile, Convert.ToHexString(SHA256.HashData("registry tests"u8)));
        UseKestrel(0);
        StartServer();
    }

    public int Port => ClientOptions.BaseAddress.Port;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("REGISTRY_DATABASE", _registry.ConnectionString);
        builder.UseSetting("REGISTRY_KEY_FILE", _keyFile);
        builder.UseSetting("REGISTRY_PUBLIC_ADDRESS", "https://localhost/");
        builder.UseSetting("REGISTRY_JOBS", "off");
        builder.ConfigureLogging(logging => logging.ClearProviders());
    }

    /// <summary>Sends exactly these bytes, as no client library would, and reads the whole answer.</summary>
    public async Task<string> RawAsync(string requestLine, string? cookies = null, string body = "", string contentType = "application/x-www-form-urlencoded")
    {
        using var client = new TcpClient("127.0.0.1", Port) { ReceiveTimeout = 10_000 };
        var stream = client.GetStream();
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"{requestLine} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{(cookies is null ? "" : $"Cookie: {cookies}\r\n")}"
            + (body.Length > 0 ? $"Content-Type: {contentType}\r\nContent-Length: {bytes.Length}\r\n" : "") + "\r\n";
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
            await stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The server has answered and closed before it read all: its answer is what counts.
        }
        using var answer = new StreamReader(stream, Encoding.UTF8);
        return await answer.ReadToEndAsync();
    }

    public static int StatusOf(string answer) => int.Parse(answer.AsSpan(9, 3));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        File.Delete(_keyFile);
    }
}
