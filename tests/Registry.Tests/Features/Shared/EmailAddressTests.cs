using Registry.Features.Shared;

namespace Registry.Tests.Features.Shared;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("nom@exemple.fr", true)]
    [InlineData("  nom@exemple.fr ", true)]
    [InlineData("nom@localhost", false)]
    [InlineData("Ada <ada@exemple.fr>", false)]
    [InlineData("nom", false)]
    [InlineData("a\0b@exemple.fr", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_address_is_whole_or_it_is_none(string? typed, bool whole) => Assert.Equal(whole, EmailAddress.IsWhole(typed));

    [Fact]
    public void An_address_longer_than_mail_carries_is_none() => Assert.False(EmailAddress.IsWhole(new string('a', 250) + "@exemple.fr"));

    [Fact]
    public void Two_empty_addresses_are_not_the_same_person()
    {
        Assert.True(EmailAddress.Same(" Nom@exemple.fr", "nom@Exemple.FR"));
        Assert.False(EmailAddress.Same("", ""));
        Assert.False(EmailAddress.Same(null, null));
    }
}
