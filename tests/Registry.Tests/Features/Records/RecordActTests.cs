using System.Net;
using Dapper;
using Registry.Access;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>Every act from every state by everybody, against the table of states (S-05).</summary>
[Trait("Kind", "pages")]
[Trait("S", "5")]
public sealed class RecordActTests(RegistryFixture registry)
{
    [Fact]
    public async Task Only_what_the_table_says_moves_a_record()
    {
        var town = await Town.FoundAsync(registry);
        var people = new Dictionary<string, Visit>();
        foreach (var kind in TwoTowns.Kinds.Where(kind => kind is not ("DGS" or "ELECTED_DELEGATE" or "SECURITY_OFFICER"))) people[kind] = await town.EnterAsync(kind);
        foreach (var state in Enum.GetValues<RecordStatus>()) await TryAsync(town, people, state);
    }

    private async Task TryAsync(Town town, Dictionary<string, Visit> people, RecordStatus state)
    {
        var still = await RecordInAsync(town, state);
        var before = await RowAsync(town, still);
        var (done, faults) = (0, new List<string>());
        foreach (var (kind, visit) in people)
        {
            var token = (await visit.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            var role = Roles.Of(kind);
            // Who does not read sheets at all is stopped before any act is looked at: one says it for all.
            foreach (var slug in RecordStates.All.Select(act => act.Slug).Distinct().Take(Rights.Allows(Function.ReadRecords, Right.Read, role) ? int.MaxValue : 1))
            {
                var act = RecordStates.Find(state, slug);
                var expected = !Rights.Allows(Function.ReadRecords, Right.Read, role) ? HttpStatusCode.Forbidden
                    : act is null ? HttpStatusCode.Conflict
                    : role == Role.Contributor || !act.IsFor([role.Code()], []) ? HttpStatusCode.Forbidden  // a contributor acts on what she wrote herself
                    : act.Guard == ActGuard.DpoSilent ? HttpStatusCode.Conflict
                    : HttpStatusCode.Redirect;
                var reference = expected == HttpStatusCode.Redirect ? await RecordInAsync(town, state) : still;
                var answer = await ActAsync(visit, town, reference, slug, token, expected == HttpStatusCode.Redirect);
                if (answer.Status != expected) faults.Add($"{state} {kind} {slug}: {(int)answer.Status}, the table says {(int)expected}. {answer}");
                else if (expected == HttpStatusCode.Redirect)
                {
                    done++;
                    var (status, _) = await RowAsync(town, reference);
                    if (status != RecordStates.Code(act!.To)) faults.Add($"{state} {kind} {slug}: the record is {status}");
                    var again = await ActAsync(visit, town, reference, slug, token, open: false);
                    if (again.Status != HttpStatusCode.Conflict) faults.Add($"{state} {kind} {slug}: done twice answers {(int)again.Status}");
                }
            }
        }
        if (before != await RowAsync(town, still)) faults.Add("A refused act has changed the record.");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(RecordStates.All.Any(act => act.From.Contains(state)), done > 0);
    }

    [Fact]
    public async Task A_written_delegation_lets_the_correspondent_publish_and_only_that()
    {
        var town = await Town.FoundAsync(registry);
        using var delegated = await town.EnterAsync("CORRESPONDENT", ["RECORD_PUBLICATION"]);
        var reference = await RecordInAsync(town, RecordStatus.Validated);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(delegated, town, reference, "publier", "", open: true)).Status);
        Assert.Equal("PUBLISHED", (await RowAsync(town, reference)).Status);
        using var other = await town.EnterAsync("DPO_ASSISTANT", ["RECORD_PUBLICATION"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"{town.Home}/traitements/{await RecordInAsync(town, RecordStatus.InReview)}/actes/valider")).Status);
    }

    [Fact]
    public async Task After_thirty_days_of_silence_the_representative_publishes_alone()
    {
        var town = await Town.FoundAsync(registry);
        await town.AppointAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var reference = await RecordInAsync(town, RecordStatus.Submitted, daysAgo: 32);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(mayor, town, reference, "publier-sans-relecture", "", open: true)).Status);
        Assert.Equal("PUBLISHED", (await RowAsync(town, reference)).Status);
        var early = await RecordInAsync(town, RecordStatus.Submitted, daysAgo: 29);
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.GetAsync($"{town.Home}/traitements/{early}/actes/publier-sans-relecture")).Status);
    }

    [Fact]
    public async Task An_act_on_a_text_that_changed_meanwhile_is_shown_the_new_one_first()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var reference = await RecordInAsync(town, RecordStatus.Draft);
        var open = Forms.Of(await correspondent.GetAsync($"{town.Home}/traitements/{reference}/actes/abandonner")).Single();
        var edit = Forms.Of(await officer.GetAsync($"{town.Home}/traitements/{reference}/modifier/finalites")).Single();
        await officer.PostAsync(edit.Action, edit.With(("Form.Purpose", "Une autre finalité"), ("next", "back")));
        var stale = await correspondent.PostAsync(open.Action, open.With(("Form.Reason", "Plus utile ici")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Plus utile ici", stale.Html.QuerySelector("[name='Form.Reason']")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(open.Action, Forms.Of(stale).Single().With())).Status);
    }

    private static async Task<Answer> ActAsync(Visit visit, Town town, string reference, string slug, string token, bool open)
    {
        var path = $"{town.Home}/traitements/{reference}/actes/{slug}";
        (string, string)[] fields = [("Form.Reason", "Une raison"), ("Form.EndedOn.Day", "1"), ("Form.EndedOn.Month", "2"), ("Form.EndedOn.Year", "2026"), ("Form.DataFate", "PURGED")];
        if (!open) return await visit.PostAsync(path, [("__RequestVerificationToken", token), ("Form.Seen", "1"), .. fields]);
        var page = await visit.GetAsync(path);
        return Forms.Of(page) is [var form] ? await visit.PostAsync(path, form.With(fields)) : page;
    }

    /// <summary>A complete record put into the state as the superuser can: what leads there is another test's matter.</summary>
    private async Task<string> RecordInAsync(Town town, RecordStatus state, int daysAgo = 1)
    {
        var reference = await town.AddRecordAsync(complete: true);
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("set session_replication_role = replica");
        var published = state is RecordStatus.Published or RecordStatus.InRevision or RecordStatus.Archived;
        var (id, sheet) = await connection.QuerySingleAsync<(Guid, string)>("select id, sheet::text from app.processing_record where organisation_id = @Id and number = @number", new { town.Id, number = int.Parse(reference[2..]) });
        var content = SheetJson.Canonical(SheetJson.Read(sheet));
        if (published)
            await connection.ExecuteAsync("insert into app.record_version (organisation_id, record_id, number, content, sha256, change_summary, published_at, published_by) values (@Id, @record, 1, @content, @sha, 'Première', now(), 'Test')",
                new { town.Id, record = id, content, sha = SheetJson.Sha256(content) });
        await connection.ExecuteAsync("update app.processing_record set status = @state, published_version = @version, submitted_at = @submitted where id = @id",
            new { id, state = RecordStates.Code(state), version = published ? 1 : (int?)null, submitted = state is RecordStatus.Submitted or RecordStatus.InReview ? DateTime.UtcNow.AddDays(-daysAgo) : (DateTime?)null });
        await connection.ExecuteAsync("set session_replication_role = origin");
        return reference;
    }

    private async Task<(string Status, string All)> RowAsync(Town town, string reference)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.QuerySingleAsync<(string, string)>("select status, t::text from app.processing_record t where organisation_id = @Id and number = @number", new { town.Id, number = int.Parse(reference[2..]) });
    }
}
