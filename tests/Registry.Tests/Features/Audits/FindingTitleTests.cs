using Registry.Features.Audits;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Audits;

public sealed class FindingTitleTests
{
    [Fact]
    public void The_title_of_a_recommendation_is_not_cut_inside_a_character()
    {
        var audit = new Audit { Id = Guid.Empty, Kind = "MEANS", Scope = "s", Auditor = "a", Version = 1 };
        foreach (var before in new[] { "", "a" })
        {
            var finding = new AuditFinding { Id = Guid.Empty, AuditId = Guid.Empty, Finding = before + string.Concat(Enumerable.Repeat("😀", 110)), Severity = "MINOR", Version = 1 };
            var title = finding.ToRecommendation(audit).Title!;
            Assert.False(TypedText.HasHidden(title));
            Assert.InRange(title.Length, 190, 200);
        }
    }
}
