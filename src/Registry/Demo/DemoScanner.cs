using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Registry.Files;

namespace Registry.Demo;

/// <summary>
/// Stands in for clamd while somebody tries the registry out: speaks INSTREAM on this machine alone and knows one thing, the EICAR test file. So that files can
/// be tried the way they will go; outside of demo mode it does not exist.
/// </summary>
internal sealed class DemoScanner : BackgroundService
{
    private const int LargestFile = 32 * 1024 * 1024, LongestCommand = 10;

    // In two halves, so that no scanner of the machine takes this program for the test file.
    private static readonly byte[] Eicar = [.. "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"u8, .. "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"u8];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public DemoScanner() => _listener.Start();

    public ClamdAddress Address => new(null, "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(stoppingToken);
                try
                {
                    await AnswerAsync(client.GetStream(), stoppingToken);
                }
                catch (Exception broken) when (broken is IOException or InvalidDataException)
                {
                    // Whoever spoke otherwise gets no answer, which is not “clean”.
                }
            }
        }
        catch (OperationCanceledException)
        {
            _listener.Stop();
        }
    }

    private static async Task AnswerAsync(NetworkStream stream, CancellationToken stop)
    {
        await stream.ReadExactlyAsync(new byte[LongestCommand], stop);
        using var file = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, stop);
            var count = BinaryPrimitives.ReadInt32BigEndian(length);
            if (count == 0) break;
            if (count < 0 || file.Length + count > LargestFile) throw new InvalidDataException();
            var chunk = new byte[count];
            await stream.ReadExactlyAsync(chunk, stop);
            file.Write(chunk);
        }
        var found = file.GetBuffer().AsSpan(0, (int)file.Length).IndexOf(Eicar) >= 0;
        await stream.WriteAsync(found ? "stream: Eicar-Test-Signature FOUND\0"u8.ToArray() : "stream: OK\0"u8.ToArray(), stop);
    }

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }
}
