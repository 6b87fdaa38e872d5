using Registry.Features.Shared;

namespace Registry.Tests.Features.Shared;

public sealed class TypedTextTests
{
    [Theory, Trait("S", "10")]
    [InlineData("Mairie de Plouzané", false, false)]
    [InlineData("Famille 👩‍💻", false, false)]
    [InlineData("deux\nlignes", false, true)]
    [InlineData("deux\r\nlignes\tet un retrait", true, false)]
    [InlineData("un\0zéro", true, true)]
    [InlineData("un\u001béchappement", true, true)]
    [InlineData("", false, false)]
    public void Control_characters_are_hidden_and_breaks_belong_to_several_lines_only(string text, bool lines, bool hidden) =>
        Assert.Equal(hidden, TypedText.HasHidden(text, lines));

    [Theory]
    [InlineData("CNIL", true)]
    [InlineData("7", true)]
    [InlineData("\u200b\u2060\ufeff", false)]
    [InlineData("\u3164", false)]
    [InlineData(" - ", false)]
    [InlineData("", false)]
    public void A_name_has_a_letter_or_a_digit_that_can_be_seen(string text, bool visible) => Assert.Equal(visible, TypedText.HasVisible(text));

    [Fact, Trait("S", "10")]
    public void Half_a_character_is_refused_at_the_end_and_in_the_middle()
    {
        var whole = "👩";
        Assert.False(TypedText.HasHidden(whole));
        Assert.True(TypedText.HasHidden(whole[..1]));
        Assert.True(TypedText.HasHidden("a" + whole[1..] + "b"));
    }
}
