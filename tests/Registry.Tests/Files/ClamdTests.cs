using System.Net;
using System.Net.Sockets;
using Registry.Files;
using Registry.Tests.Support;

namespace Registry.Tests.Files;

/// <summary>Whatever the scanner does not plainly call clean is not clean (S-72).</summary>
public sealed class ClamdTests
{
    [Theory]
    [Trait("S", "72")]
    [InlineData("stream: OK", ScanResult.Clean)]
    [InlineData("stream: Eicar-Test-Signature FOUND", ScanResult.Infected)]
    [InlineData("stream: OK FOUND", ScanResult.Infected)]
    [InlineData("INSTREAM size limit exceeded. ERROR", ScanResult.Unreadable)]
    [InlineData("stream: Can't allocate memory ERROR", ScanResult.Unreadable)]
    [InlineData("UNKNOWN COMMAND", ScanResult.Unreadable)]
    [InlineData("OK", ScanResult.Unreadable)]
    [InlineData("stream: OKAY", ScanResult.Unreadable)]
    [InlineData(null, ScanResult.Away)]
    public async Task Only_the_very_word_is_clean(string? answer, ScanResult expected)
    {
        await using var listener = new ClamdListener(_ => answer);
        byte[][] parts = [new byte[200_000], "fin"u8.ToArray()];
        Assert.Equal(expected, await new Clamd(listener.Address).ScanAsync(parts, stop: TestContext.Current.CancellationToken));
        Assert.Equal(200_003, Assert.Single(listener.Heard).Length);
    }

    [Fact]
    [Trait("S", "72")]
    public async Task No_answer_in_time_is_not_clean_and_nobody_there_is_to_wait()
    {
        await using var silent = new ClamdListener(_ => "");
        Assert.Equal(ScanResult.Unreadable, await new Clamd(silent.Address).ScanAsync([[1]], TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken));
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        Assert.Equal(ScanResult.Away, await new Clamd(new(null, "127.0.0.1", port)).ScanAsync([[1]], stop: TestContext.Current.CancellationToken));
        Assert.Equal(ScanResult.Away, await new Clamd(new("/tmp/nothing-listens-here", "", 0)).ScanAsync([[1]], stop: TestContext.Current.CancellationToken));
        Assert.Equal(ScanResult.Away, await new Clamd(null).ScanAsync([[1]], stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Its_address_is_a_socket_or_a_port()
    {
        Assert.Equal(new ClamdAddress("/run/clamav/clamd.ctl", "", 0), ClamdAddress.Read("unix:/run/clamav/clamd.ctl"));
        Assert.Equal(new ClamdAddress(null, "clamav", 3310), ClamdAddress.Read("clamav:3310"));
        foreach (var wrong in new[] { "none", "unix:", "clamav", "clamav:0", "clamav:99999", ":3310" }) Assert.Throws<InvalidOperationException>(() => ClamdAddress.Read(wrong));
    }
}
