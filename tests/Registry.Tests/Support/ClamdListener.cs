using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Registry.Files;

namespace Registry.Tests.Support;

/// <summary>Speaks INSTREAM as clamd does, and says what the test tells it to say of what it was sent.</summary>
public sealed class ClamdListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    /// <param name="answer">What is said of a file; null hangs up, an empty text never answers.</param>
    public ClamdListener(Func<byte[], string?> answer)
    {
        _listener.Start();
        Address = new(null, "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        _work = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
                try
                {
                    var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    _ = ServeAsync(client, answer);
                }
                catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
                {
                    return;
                }
        });
    }

    public ClamdAddress Address { get; }

    public List<byte[]> Heard { get; } = [];

    private async Task ServeAsync(TcpClient client, Func<byte[], string?> answer)
    {
        using var held = client;
        var stream = client.GetStream();
        try
        {
            var command = new byte[10];
            await stream.ReadExactlyAsync(command, _stop.Token);
            Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
            using var file = new MemoryStream();
            var length = new byte[4];
            while (true)
            {
                await stream.ReadExactlyAsync(length, _stop.Token);
                var count = BinaryPrimitives.ReadInt32BigEndian(length);
                if (count == 0) break;
                var chunk = new byte[count];
                await stream.ReadExactlyAsync(chunk, _stop.Token);
                file.Write(chunk);
            }
            lock (Heard) Heard.Add(file.ToArray());
            var said = answer(file.ToArray());
            if (said is null) return;
            if (said.Length == 0) await Task.Delay(Timeout.Infinite, _stop.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(said + "\0"), _stop.Token);
        }
        catch (Exception over) when (over is IOException or OperationCanceledException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _work;
        _stop.Dispose();
    }
}
