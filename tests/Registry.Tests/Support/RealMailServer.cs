using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace Registry.Tests.Support;

/// <summary>A mail server of the system's packages (aiosmtpd), with STARTTLS under a certificate made for the test, and a password.</summary>
public sealed class RealMailServer : IDisposable
{
    private static readonly string? Python = ((string?[])[Environment.GetEnvironmentVariable("REGISTRY_TEST_PYTHON"), "/usr/bin/python3", "python3"]).FirstOrDefault(Knows);

    private readonly string _folder = Directory.CreateTempSubdirectory("registry-smtp-").FullName;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private Process? _process;

    public static string? WhyNot => Python is null ? "No Python with aiosmtpd: ./test installs it (python3-aiosmtpd)." : null;

    public const string User = "registre";
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public int Port { get; private set; }
    public string CertificateFile => Path.Combine(_folder, "certificate.pem");
    public string PasswordFile => Path.Combine(_folder, "password");

    public async Task StartAsync(CancellationToken stop)
    {
        await File.WriteAllTextAsync(PasswordFile, _password + "\n", stop);
        await MakeCertificateAsync(stop);
        var script = Path.Combine(_folder, "smtp_server.py");
        await using (var source = typeof(RealMailServer).Assembly.GetManifestResourceStream("smtp_server.py")!)
        await using (var target = File.Create(script)) await source.CopyToAsync(target, stop);
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        var start = new ProcessStartInfo(Python!, [script, Port.ToString(CultureInfo.InvariantCulture), CertificateFile, Path.Combine(_folder, "key.pem"), User, _password])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Writer.TryWrite(line.Data ?? "");
        _process.BeginOutputReadLine();
        Assert.Equal("ready", await _lines.Reader.ReadAsync(stop));
    }

    /// <summary>The next mail it takes: to whom, under which user, over an encrypted line or not, and the mail.</summary>
    public async Task<(string User, bool Encrypted, ReceivedMail Mail)> NextAsync(CancellationToken stop)
    {
        var words = (await _lines.Reader.ReadAsync(stop)).Split(' ');
        return (words[1], words[2] == "True", new ReceivedMail("", words[0], Encoding.UTF8.GetString(Convert.FromBase64String(words[3]))));
    }

    public bool HasMore => _lines.Reader.TryPeek(out _);

    private async Task MakeCertificateAsync(CancellationToken stop)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(CertificateFile, certificate.ExportCertificatePem(), stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem(), stop);
    }

    private static bool Knows(string? python)
    {
        if (string.IsNullOrEmpty(python)) return false;
        try
        {
            using var asked = Process.Start(new ProcessStartInfo(python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true })!;
            asked.WaitForExit();
            return asked.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;  // no such program
        }
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(5000)) _process.Kill();
        }
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
