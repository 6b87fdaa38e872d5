using System.Net;
using Registry.Data;
using Registry.Identity;

namespace Registry.Tests.Identity;

[Trait("Kind", "pages")]
public sealed class ThrottleTests(SignInFixture fixture)
{
    private static readonly DateTimeOffset Start = new(2026, 6, 11, 8, 0, 0, TimeSpan.Zero);

    [Fact, Trait("S", "32")]
    public void After_five_failures_the_wait_is_a_minute_and_doubles_to_a_quarter_of_an_hour()
    {
        ThrottleCount? count = null;
        var now = Start;
        for (var i = 0; i < 5; i++) count = ThrottleRule.Password.Try(count, now) ?? throw new InvalidOperationException("Too early.");
        foreach (var minutes in new[] { 1, 2, 4, 8, 15, 15 })
        {
            Assert.Equal(now.AddMinutes(minutes), count!.BlockedUntil);
            Assert.Null(ThrottleRule.Password.Try(count, count.BlockedUntil!.Value.AddSeconds(-1)));
            now = count.BlockedUntil.Value;
            count = ThrottleRule.Password.Try(count, now);
        }
    }

    [Fact, Trait("S", "32")]
    public void Never_more_than_25_tries_in_a_day()
    {
        ThrottleCount? count = null;
        var now = Start;
        var tries = 0;
        for (; now < Start.AddHours(24); now = now.AddSeconds(30))
        {
            if (ThrottleRule.Password.Try(count, now) is not { } next) continue;
            count = next;
            tries++;
        }
        Assert.Equal(25, tries);
        Assert.NotNull(ThrottleRule.Password.Try(count, Start.AddHours(24)));
    }

    [Fact, Trait("S", "32")]
    public void A_network_has_thirty_failures_in_ten_minutes()
    {
        ThrottleCount? count = null;
        for (var i = 0; i < 30; i++) count = ThrottleRule.Network.Try(count, Start.AddSeconds(i));
        Assert.Null(ThrottleRule.Network.Try(count, Start.AddMinutes(9.9)));
        Assert.NotNull(ThrottleRule.Network.Try(count, Start.AddMinutes(10)));
    }

    [Fact, Trait("S", "32")]
    public async Task Tries_made_at_the_same_moment_are_all_counted()
    {
        var throttle = new Throttle(new SignInDb(fixture.Database), fixture.Keys, new MovingClock());
        var key = throttle.Of(ThrottleRule.SecondFactor, "test", Guid.NewGuid().ToString());
        var network = throttle.Of(ThrottleRule.Network, "test-network", Guid.NewGuid().ToString());
        var allowed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => throttle.TryAsync(key, network)));
        Assert.Equal(5, allowed.Count(a => a));
        await throttle.SucceedAsync(key, network);
        Assert.True(await throttle.TryAsync(key, network));
        await throttle.ForgetAsync(key);
        Assert.True(await throttle.TryAsync(key, network));
    }

    [Theory, Trait("S", "32")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:aaaa::1", "20010DB800010002")]
    [InlineData("2001:db8:1:2:bbbb::9", "20010DB800010002")]
    public void A_network_is_an_ipv4_address_or_a_slash_64(string address, string network) =>
        Assert.Equal(network, Throttle.Prefix(IPAddress.Parse(address)));

    [Fact, Trait("S", "32")]
    public void A_device_cookie_is_for_its_account_and_cannot_be_altered()
    {
        var clock = new MovingClock();
        var devices = new DeviceCookie(fixture.Keys, clock);
        var account = Guid.NewGuid();
        var text = devices.Make(account);
        Assert.NotNull(devices.Read(text, account));
        Assert.Null(devices.Read(text, Guid.NewGuid()));
        Assert.Null(devices.Read((text[0] == 'A' ? 'B' : 'A') + text[1..], account));
        Assert.Null(devices.Read("…", account));
        clock.Pass(TimeSpan.FromDays(401));
        Assert.Null(devices.Read(text, account));
    }
}
