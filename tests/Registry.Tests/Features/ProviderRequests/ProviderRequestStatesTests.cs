using Registry.Facts;
using Registry.Features.ProviderRequests;

namespace Registry.Tests.Features.ProviderRequests;

/// <summary>The lives of access requests and restorations, against the table of domain §3.5 written a second time.</summary>
[Trait("S", "5")]
public sealed class ProviderRequestStatesTests
{
    private static readonly (string Nature, string From, string Slug, string To, string Who)[] Table =
    [
        ("ACCESS", "DRAFT", "transmettre", "SUBMITTED", "CORRESPONDENT CORRESPONDENT_DELEGATE"),
        ("ACCESS", "DRAFT", "rejeter", "REJECTED_NOT_AUTHORISED", "SYSTEM"),
        ("ACCESS", "SUBMITTED", "annuler", "CANCELLED", "CORRESPONDENT CORRESPONDENT_DELEGATE"),
        ("ACCESS", "SUBMITTED", "prendre", "IN_PROGRESS", "PROCESSOR_HELPDESK"),
        ("ACCESS", "IN_PROGRESS", "executer", "EXECUTED", "PROCESSOR_HELPDESK"),
        ("ACCESS", "IN_PROGRESS", "impossible", "TECHNICALLY_IMPOSSIBLE", "PROCESSOR_HELPDESK"),
        ("ACCESS", "EXECUTED", "notifier", "NOTIFIED", "SYSTEM"),
        ("ACCESS", "NOTIFIED", "archiver", "ARCHIVED", "SYSTEM"),
        ("TICKET", "SUBMITTED", "annuler", "CANCELLED", "CORRESPONDENT CORRESPONDENT_DELEGATE"),
        ("TICKET", "SUBMITTED", "prendre", "IN_PROGRESS", "PROCESSOR_HELPDESK"),
        ("TICKET", "IN_PROGRESS", "executer", "EXECUTED", "PROCESSOR_HELPDESK"),
        ("TICKET", "IN_PROGRESS", "impossible", "TECHNICALLY_IMPOSSIBLE", "PROCESSOR_HELPDESK"),
        ("TICKET", "EXECUTED", "notifier", "NOTIFIED", "SYSTEM"),
        ("TICKET", "NOTIFIED", "archiver", "ARCHIVED", "SYSTEM"),
        ("RESTORATION", "SUBMITTED", "prendre", "IN_PROGRESS", "PROCESSOR_HELPDESK"),
        ("RESTORATION", "IN_PROGRESS", "executer", "EXECUTED", "PROCESSOR_HELPDESK"),
        ("RESTORATION", "IN_PROGRESS", "echec", "FAILED", "PROCESSOR_HELPDESK"),
        ("RESTORATION", "EXECUTED", "notifier", "NOTIFIED", "SYSTEM"),
        ("RESTORATION", "FAILED", "notifier-l-echec", "NOTIFIED", "SYSTEM"),
        ("RESTORATION", "NOTIFIED", "archiver", "ARCHIVED", "SYSTEM"),
    ];

    private static readonly string[] Slugs = [.. Table.Select(line => line.Slug).Distinct(), "inconnu"];

    [Fact]
    public void A_hundred_thousand_random_steps_do_what_the_table_says_and_nothing_else()
    {
        var random = new Random(20261122);
        var (taken, refused, seen) = (0, 0, new HashSet<string>());
        foreach (var nature in new[] { "ACCESS", "RESTORATION", "TICKET" })
        {
            var state = nature == "ACCESS" ? ProviderRequestStatus.Draft : ProviderRequestStatus.Submitted;
            for (var i = 0; i < 50_000; i++)
            {
                if (i % 40 == 0) state = nature == "ACCESS" ? ProviderRequestStatus.Draft : ProviderRequestStatus.Submitted;
                else if (i % 7 == 0) state = Enum.GetValues<ProviderRequestStatus>()[random.Next(Enum.GetValues<ProviderRequestStatus>().Length)];
                var slug = Slugs[random.Next(Slugs.Length)];
                var expected = Table.Where(line => line.Nature == nature && line.From == ProviderRequestStates.Code(state) && line.Slug == slug).Select(line => (line.To, line.Who)).SingleOrDefault();
                var move = ProviderRequestStates.Find(nature, state, slug);
                Assert.True(expected.To == (move is null ? null : ProviderRequestStates.Code(move.To)), $"{nature} {slug} from {state}: the table says {expected.To}, the program {move?.To}");
                if (move is null)
                {
                    refused++;
                    continue;
                }
                Assert.Equal(expected.Who, string.Join(' ', move.Who));
                state = move.To;
                seen.Add($"{nature} {state}");
                taken++;
            }
        }
        Assert.True(taken > 5_000 && refused > 5_000, $"{taken} taken, {refused} refused");
        Assert.Equal(19, seen.Count);
    }

    [Fact]
    public void Every_state_has_a_code_that_is_read_back_and_a_word()
    {
        Assert.All(Enum.GetValues<ProviderRequestStatus>(), status => Assert.Equal(status, ProviderRequestStates.Parse(ProviderRequestStates.Code(status))));
        Assert.All(Enum.GetValues<ProviderRequestStatus>(), status => Assert.True(Vocabulary.Current.Contains("AccessRequestStatus", ProviderRequestStates.Code(status)) || Vocabulary.Current.Contains("RestorationStatus", ProviderRequestStates.Code(status))));
    }

    [Fact]
    public void The_program_announces_first_then_notifies_then_archives_after_thirty_days()
    {
        var now = DateTimeOffset.UtcNow;
        var request = Request("RESTORATION", "EXECUTED") with { Origin = ProviderRequest.ByProvider };
        var told = ProviderRequestCourse.Step(request, now)!.Value.After;
        Assert.Equal(now, told.ToldAt);
        var notified = ProviderRequestCourse.Step(told, now)!.Value.After;
        Assert.Equal(("NOTIFIED", now), (notified.Status, notified.NotifiedAt!.Value));
        Assert.Null(ProviderRequestCourse.Step(notified, now.AddDays(29)));
        Assert.Equal("ARCHIVED", ProviderRequestCourse.Step(notified, now.AddDays(30))!.Value.After.Status);
        Assert.Null(ProviderRequestCourse.Step(Request("ACCESS", "SUBMITTED"), now));
        var impossible = ProviderRequestCourse.Step(Request("ACCESS", "TECHNICALLY_IMPOSSIBLE"), now)!.Value.After;
        Assert.Equal("TECHNICALLY_IMPOSSIBLE", impossible.Status);
        Assert.Null(ProviderRequestCourse.Step(impossible, now.AddYears(1)));
    }

    [Fact]
    public void What_pressed_on_a_Friday_is_told_by_the_end_of_Monday()
    {
        var here = new Registry.Access.CurrentOrganisation { Id = Guid.NewGuid(), Slug = "x", Name = "X", Type = "COMMUNE", Accent = "petrole", Territory = "METRO", TimeZone = "Europe/Paris", GoodFridayObserved = false };
        var friday = new DateTimeOffset(2026, 11, 20, 22, 30, 0, TimeSpan.Zero);
        var asked = new Asked { Reason = "Panne", Emergency = true, BegunAt = friday };
        Assert.Equal(new DateOnly(2026, 11, 23), ProviderRequestDesk.TellBy(asked, here)!.DueOn);
        Assert.Null(ProviderRequestDesk.TellBy(asked with { Emergency = false }, here));
        Assert.False(ProviderRequestDesk.Reading(Request("RESTORATION", "SUBMITTED") with { ToldAt = friday.AddDays(2), ContentJson = Registry.Features.Records.SheetJson.WritePart(asked) }, [], here).ToldLate);
        Assert.True(ProviderRequestDesk.Reading(Request("RESTORATION", "SUBMITTED") with { ToldAt = friday.AddDays(4), ContentJson = Registry.Features.Records.SheetJson.WritePart(asked) }, [], here).ToldLate);
        Assert.True(ProviderRequestDesk.WaitsForTelling(Request("RESTORATION", "SUBMITTED") with { Origin = ProviderRequest.ByProvider, ContentJson = Registry.Features.Records.SheetJson.WritePart(asked with { Emergency = false }) }));
        Assert.False(ProviderRequestDesk.WaitsForTelling(Request("RESTORATION", "SUBMITTED") with { Origin = ProviderRequest.ByProvider, ContentJson = Registry.Features.Records.SheetJson.WritePart(asked) }));
    }

    private static ProviderRequest Request(string nature, string status) => new()
    {
        OrganisationId = Guid.NewGuid(), Id = Guid.NewGuid(), Nature = nature, Year = 2026, Number = 1, Origin = ProviderRequest.ByBeneficiary, ConventionId = Guid.NewGuid(), ProviderId = Guid.NewGuid(), ProviderName = "P",
        OrganisationName = "C", System = "S", ContentJson = "{}", Status = status, RequestedBy = "Test", CreatedAt = DateTimeOffset.UtcNow, Version = 1,
    };
}
