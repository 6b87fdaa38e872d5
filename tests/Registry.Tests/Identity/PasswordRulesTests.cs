using Registry.Identity;

namespace Registry.Tests.Identity;

public sealed class PasswordRulesTests
{
    private static Account Of(bool administrator = false) => new()
    {
        Id = Guid.NewGuid(), PersonId = Guid.NewGuid(), Name = "Gwenaëlle Le Goff-Kerbrat", Email = "g.legoff@plouarzel.fr", EmailKey = "g.legoff@plouarzel.fr",
        Organisation = "Commune de Plouarzel", Administrator = administrator, Status = Account.Active, CreatedAt = DateTimeOffset.UnixEpoch,
    };

    [Theory, Trait("S", "30")]
    [InlineData("onze carac.", "au moins 12")]
    [InlineData("cheval 🐎🐎🐎", "au moins 12")]
    [InlineData("Password2026!!", "très courant")]
    [InlineData("motdepasse1234", "très courant")]
    [InlineData("@zertyuiop12345", "très courant")]
    [InlineData("M0tdePasse-2026", "très courant")]
    [InlineData("Christophe1975!", "très courant")]
    [InlineData("azertyazerty", "très courant")]
    [InlineData("!!2026BIENVENUE2026!!", "très courant")]
    [InlineData("aaaaaaaaaaaaaaaa", "répète")]
    [InlineData("abc1abc1abc1abc1", "répète")]
    [InlineData("plouarzel-29-été", "repose sur votre nom")]
    [InlineData("legoff.kerbrat.7", "repose sur votre nom")]
    [InlineData("gwenaelle-12345", "repose sur votre nom")]
    [InlineData("RegistreRGPD2026", "repose sur votre nom")]
    [InlineData("927481635072", "trop simple")]
    public void A_password_that_breaks_a_rule_is_refused_and_told_which(string password, string told) =>
        Assert.Contains(told, PasswordRules.Check(password, Of()));

    [Theory, Trait("S", "30")]
    [InlineData("girafe tambour lointain")]
    [InlineData("7kV-mwq9-Txe2")]
    [InlineData("zxkqwvjhbrtm")]
    [InlineData("sept mots courts à Plouarzel en été")]
    [InlineData("éàùçôîêëïüÿœ")]
    public void A_good_password_of_any_kind_is_taken(string password) => Assert.Null(PasswordRules.Check(password, Of()));

    [Fact, Trait("S", "30")]
    public void A_password_has_at_most_128_characters()
    {
        var long128 = string.Concat(Enumerable.Repeat("kwzvhj x", 16));
        Assert.Null(PasswordRules.Check(long128[..127] + "!", Of()));
        Assert.Contains("128", PasswordRules.Check(long128 + "!", Of()));
    }

    [Fact, Trait("S", "30")]
    public void An_administrator_needs_eighty_bits()
    {
        Assert.Null(PasswordRules.Check("zxkqwvjhbrtm", Of()));
        Assert.Contains("administrateur", PasswordRules.Check("zxkqwvjhbrtm", Of(administrator: true)));
        Assert.Null(PasswordRules.Check("zxkqwvjhbrtmlpgsnd", Of(administrator: true)));
        Assert.Contains("administrateur", PasswordRules.Check("7kV-mwq9-Txe", Of(administrator: true)));
        Assert.Null(PasswordRules.Check("7kV-mwq9-Txe2", Of(administrator: true)));
    }
}
