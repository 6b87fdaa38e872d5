using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Registry.Tests.Support;

/// <summary>A mail as it came over the wire.</summary>
public sealed record ReceivedMail(string From, string To, string Text)
{
    public string? Header(string name) => Text[..Math.Max(0, Text.IndexOf("\r\n\r\n", StringComparison.Ordinal))].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    public string MessageId => Header("Message-ID")!;

    public string Body => Encoding.UTF8.GetString(Convert.FromBase64String(Text[(Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("\r\n", "", StringComparison.Ordinal)));
}

/// <summary>A mail server of few words, on a port of this machine that it keeps when it is stopped and started again.</summary>
public sealed class SmtpListener : IDisposable
{
    private TcpListener? _listener;
    private CancellationTokenSource _stop = new();

    public SmtpListener() => Start();

    public int Port { get; private set; }

    /// <summary>In the order they came, those that came twice twice.</summary>
    public ConcurrentQueue<ReceivedMail> Mails { get; } = new();

    /// <summary>What it answers to a recipient instead of taking her.</summary>
    public string? Refusal { get; set; }

    /// <summary>What it waits for after it has a mail and before it says so.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    public void Start()
    {
        _stop = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener, _stop.Token);
    }

    public void Stop()
    {
        _stop.Cancel();
        _listener!.Stop();
    }

    public void Dispose()
    {
        Stop();
        _listener!.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested) _ = TalkAsync(await listener.AcceptTcpClientAsync(stop), stop);
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task TalkAsync(TcpClient client, CancellationToken stop)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var (from, to) = ("", "");
            await SayAsync("220 test");
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                switch (verb)
                {
                    case "EHLO" or "HELO" or "RSET": await SayAsync("250 test"); break;
                    case "MAIL": from = line; await SayAsync("250 ok"); break;
                    case "RCPT": to = line.Split('<', '>')[1]; await SayAsync(Refusal ?? "250 ok"); break;
                    case "DATA":
                        await SayAsync("354 go on");
                        var text = new StringBuilder();
                        while (await reader.ReadLineAsync(stop) is { } part && part != ".") text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                        Mails.Enqueue(new ReceivedMail(from, to, text.ToString()));
                        await BeforeAnswer();
                        await SayAsync("250 taken");
                        break;
                    case "QUIT": await SayAsync("221 bye"); return;
                    default: await SayAsync("502 what?"); break;
                }
            }

            async Task SayAsync(string words) => await stream.WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"), stop);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The other side went away, or we did.
        }
    }
}
