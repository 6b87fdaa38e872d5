using Microsoft.AspNetCore.Identity;
using Registry.Data;
using Registry.Identity;

namespace Registry.Tests.Identity;

public sealed class PasswordHasherTests
{
    private static readonly byte[] Master = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly PasswordHasher _hasher = new(new Keys(Master));

    [Fact, Trait("S", "31")]
    public void A_password_is_found_again_and_another_is_not()
    {
        var hash = _hasher.HashPassword(null!, "girafe tambour lointain");
        Assert.Equal(PasswordVerificationResult.Success, _hasher.VerifyHashedPassword(null!, hash, "girafe tambour lointain"));
        Assert.Equal(PasswordVerificationResult.Failed, _hasher.VerifyHashedPassword(null!, hash, "girafe tambour lointaim"));
    }

    [Fact, Trait("S", "31")]
    public void The_same_password_never_has_the_same_hash() =>
        Assert.NotEqual(_hasher.HashPassword(null!, "girafe tambour lointain"), _hasher.HashPassword(null!, "girafe tambour lointain"));

    [Fact, Trait("S", "31")]
    public void A_hash_of_fewer_rounds_is_right_but_to_be_replaced() =>
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded,
            _hasher.VerifyHashedPassword(null!, _hasher.Hash("girafe tambour lointain", 1000), "girafe tambour lointain"));

    [Fact, Trait("S", "31")]
    public void Without_the_pepper_the_right_password_is_not_recognised()
    {
        var hash = _hasher.HashPassword(null!, "girafe tambour lointain");
        var elsewhere = new PasswordHasher(new Keys([.. Master.Reverse()]));
        Assert.Equal(PasswordVerificationResult.Failed, elsewhere.VerifyHashedPassword(null!, hash, "girafe tambour lointain"));
    }

    [Fact, Trait("S", "31")]
    public void The_hash_says_its_version_and_its_rounds()
    {
        var box = Convert.FromBase64String(_hasher.HashPassword(null!, "girafe tambour lointain"));
        Assert.Equal(1, box[0]);
        Assert.Equal(220_000, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(box.AsSpan(1)));
        Assert.Equal(1 + 4 + 16 + 32, box.Length);
    }

    [Fact]
    public void An_accent_typed_in_two_ways_is_one_password()
    {
        var hash = _hasher.HashPassword(null!, "\u00e9t\u00e9 girafe tambour");
        Assert.Equal(PasswordVerificationResult.Success, _hasher.VerifyHashedPassword(null!, hash, "e\u0301te\u0301 girafe tambour"));
    }

    [Fact, Trait("S", "31")]
    public async Task Past_one_hash_a_core_and_fifty_waiting_the_gate_says_no()
    {
        using var gate = new PasswordGate();
        var inside = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => gate.EnterAsync()));
        var waiting = Enumerable.Range(0, 50).Select(_ => gate.EnterAsync()).ToList();
        Assert.All(inside, Assert.NotNull);
        Assert.All(waiting, turn => Assert.False(turn.IsCompleted));
        Assert.Null(await gate.EnterAsync());
        inside[0]!.Dispose();
        Assert.NotNull(await waiting[0]);
    }
}
