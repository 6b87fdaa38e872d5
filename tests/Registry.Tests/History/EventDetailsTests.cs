using Registry.History;

namespace Registry.Tests.History;

public sealed class EventDetailsTests
{
    private static readonly string Sha256 = new('a', 64);

    [Fact]
    public void A_fingerprint_is_read_apart_from_the_words()
    {
        var details = new EventDetails { Subject = EventDetails.WithFingerprint("T-0001 v2", Sha256) };
        Assert.Equal(("T-0001 v2", Sha256), details.ReadSubject());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("T-0001 · État civil")]
    [InlineData("Un titre qui dit sha256:abc")]
    public void A_subject_without_fingerprint_stays_whole(string? subject) =>
        Assert.Equal((subject, null), new EventDetails { Subject = subject }.ReadSubject());

    [Fact]
    public void What_is_read_from_it_is_not_written_into_the_text_that_is_committed_to() =>
        Assert.Equal($$"""{"subject":"T-0001 v2 sha256:{{Sha256}}"}""", new EventDetails { Subject = EventDetails.WithFingerprint("T-0001 v2", Sha256) }.ToText());

    [Theory]
    [InlineData(0, "0 anchors")]
    [InlineData(1, "1 anchor")]
    [InlineData(2, "2 anchors")]
    public void What_verify_counts_is_in_the_right_number(long number, string said) => Assert.Equal(said, Verbs.Counted(number, "anchor"));
}
