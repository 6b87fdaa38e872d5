using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Registry.Files;

public enum ScanResult { Clean, Infected, Unreadable, Away }

/// <summary>Where clamd listens: "unix:/run/clamav/clamd.ctl" or "host:3310".</summary>
public sealed record ClamdAddress(string? Socket, string Host, int Port)
{
    public static ClamdAddress Read(string text)
    {
        if (text.StartsWith("unix:", StringComparison.Ordinal) && text.Length > 5) return new(text[5..], "", 0);
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), out var port) && port is > 0 and < 65536
            ? new(null, text[..colon].Trim('[', ']'), port)
            : throw new InvalidOperationException($"REGISTRY_CLAMD: {text} is neither unix:/path/to/socket nor host:port.");
    }
}

/// <summary>Speaks INSTREAM with clamd (S-72). Whatever it does not plainly call clean is not; whatever cannot be asked waits.</summary>
public sealed class Clamd(ClamdAddress? address, bool demo = false)
{
    /// <summary>Longer than a file of ten megabytes takes on a small machine; a lease of the queue is longer still.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const int Chunk = 64 * 1024, LongestAnswer = 4096;

    public bool IsThere => address is not null;

    /// <summary>It knows the EICAR test file and nothing else: the pages say so.</summary>
    public bool IsDemo => demo;

    /// <param name="parts">The bytes of the file, in order.</param>
    /// <param name="limit">Another limit than the usual one.</param>
    /// <param name="stop">The program ends.</param>
    public async Task<ScanResult> ScanAsync(IReadOnlyList<byte[]> parts, TimeSpan? limit = null, CancellationToken stop = default)
    {
        if (address is null) return ScanResult.Away;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ending.CancelAfter(limit ?? Limit);
        var connected = false;
        try
        {
            using var socket = address.Socket is { } path ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
            if (address.Socket is { } file) await socket.ConnectAsync(new UnixDomainSocketEndPoint(file), ending.Token);
            else await socket.ConnectAsync(address.Host, address.Port, ending.Token);
            connected = true;
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), ending.Token);
            try
            {
                await SendAsync(stream, parts, ending.Token);
            }
            catch (IOException)
            {
                // It closes its ear at a file that is too large for it; what it said before that is what counts.
            }
            return Read(await AnswerAsync(stream, ending.Token));
        }
        catch (Exception failed) when (failed is SocketException or IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            // It was there and did not come to an end with this file: tried again a few times, then no longer.
            return connected && failed is OperationCanceledException ? ScanResult.Unreadable : ScanResult.Away;
        }
    }

    private static async Task SendAsync(NetworkStream stream, IReadOnlyList<byte[]> parts, CancellationToken stop)
    {
        var length = new byte[4];
        foreach (var part in parts)
            for (var at = 0; at < part.Length; at += Chunk)
            {
                var count = Math.Min(Chunk, part.Length - at);
                BinaryPrimitives.WriteInt32BigEndian(length, count);
                await stream.WriteAsync(length, stop);
                await stream.WriteAsync(part.AsMemory(at, count), stop);
            }
        BinaryPrimitives.WriteInt32BigEndian(length, 0);
        await stream.WriteAsync(length, stop);
    }

    private static async Task<string> AnswerAsync(NetworkStream stream, CancellationToken stop)
    {
        var (answer, length) = (new byte[LongestAnswer], 0);
        while (length < LongestAnswer && await stream.ReadAsync(answer.AsMemory(length), stop) is var read and > 0)
        {
            length += read;
            if (answer.AsSpan(0, length).Contains((byte)0)) break;
        }
        return Encoding.Latin1.GetString(answer, 0, length).TrimEnd('\0', '\n', '\r', ' ');
    }

    /// <summary>"stream: OK", "stream: Name FOUND"; an error or a limit of size is neither.</summary>
    private static ScanResult Read(string answer) => answer switch
    {
        "stream: OK" => ScanResult.Clean,
        _ when answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) => ScanResult.Infected,
        "" => ScanResult.Away,
        _ => ScanResult.Unreadable,
    };
}
