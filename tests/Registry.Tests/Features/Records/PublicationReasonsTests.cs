using Registry.Features.Records;

namespace Registry.Tests.Features.Records;

public sealed class PublicationReasonsTests
{
    [Fact]
    public void Every_rule_says_why_it_asks_and_which_text_says_so() =>
        Assert.All(PublicationRules.All, rule => Assert.False(string.IsNullOrEmpty(PublicationReasons.Of(rule.Id)?.Source), rule.Id));
}
