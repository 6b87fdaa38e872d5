using System.Text;
using Registry.Data;
using Registry.Identity;

namespace Registry.Tests.Identity;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    private static readonly DateTimeOffset Now = new(2026, 6, 11, 8, 5, 10, TimeSpan.Zero);

    /// <summary>RFC 6238, appendix B, the column of SHA-1.</summary>
    [Theory, Trait("S", "34")]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), 8));

    [Theory, Trait("S", "34")]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void One_step_on_either_side_is_accepted(int seconds, bool accepted)
    {
        var code = Totp.CodeAt(Secret, Totp.StepAt(Now.AddSeconds(seconds)));
        Assert.Equal(accepted, Totp.Accept(Secret, code, Now, 0) is not null);
    }

    [Fact, Trait("S", "34")]
    public void A_step_that_was_used_is_refused_and_so_is_an_earlier_one()
    {
        var step = Totp.StepAt(Now);
        Assert.Equal(step, Totp.Accept(Secret, Totp.CodeAt(Secret, step), Now, step - 1));
        Assert.Null(Totp.Accept(Secret, Totp.CodeAt(Secret, step), Now, step));
        Assert.Null(Totp.Accept(Secret, Totp.CodeAt(Secret, step - 1), Now, step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("１２３４５６")]
    public void What_is_no_code_is_refused(string code) => Assert.Null(Totp.Accept(Secret, code, Now, 0));

    [Fact]
    public void A_code_typed_with_a_space_is_the_same_code() =>
        Assert.NotNull(Totp.Accept(Secret, Totp.CodeAt(Secret, Totp.StepAt(Now)).Insert(3, " "), Now, 0));

    [Fact, Trait("S", "34")]
    public void A_new_secret_has_160_bits() => Assert.Equal(20, Totp.NewSecret().Length);

    /// <summary>RFC 4648, section 10, without padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_in_base_32(string text, string written) => Assert.Equal(written, Totp.Base32(Encoding.ASCII.GetBytes(text)));

    [Fact, Trait("S", "46")]
    public void A_sealed_secret_moved_to_another_account_does_not_open()
    {
        var vault = new Vault(new Keys(new byte[32]));
        var (mine, hers) = (Guid.NewGuid(), Guid.NewGuid());
        var box = vault.SealTotp(mine, Secret);
        Assert.Equal(Secret, vault.OpenTotp(mine, box));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => vault.OpenTotp(hers, box));
        box[^1] ^= 1;
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => vault.OpenTotp(mine, box));
    }

    [Fact, Trait("S", "34")]
    public void A_recovery_code_has_eighty_bits_and_forgives_look_alikes()
    {
        var code = RecoveryCode.New();
        Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$", code);
        var account = Guid.NewGuid();
        Assert.Equal(RecoveryCode.Hash(account, "01AB-CDEF-GH10-JKMN"), RecoveryCode.Hash(account, " oiab cdef ghlo jkmn"));
        Assert.NotEqual(RecoveryCode.Hash(account, code), RecoveryCode.Hash(Guid.NewGuid(), code));
    }
}
