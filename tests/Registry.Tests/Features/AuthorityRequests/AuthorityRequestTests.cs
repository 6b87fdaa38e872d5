using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Data;
using Registry.Features.AuthorityRequests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.AuthorityRequests;

/// <summary>What authorities ask of a processor: redirected with a letter, within a working day, or kept secret by the database itself.</summary>
[Trait("Kind", "pages")]
public sealed class AuthorityRequestTests(RegistryFixture registry)
{
    private static readonly (string Side, string From, string Slug, string To, string Who)[] Table =
    [
        ("PROCESSOR", "RECEIVED", "reorienter", "REDIRECTED", "PROCESSOR_HELPDESK PROCESSOR_MANAGER"),
        ("PROCESSOR", "RECEIVED", "secret", "SECRECY_IMPOSED", "PROCESSOR_HELPDESK PROCESSOR_MANAGER"),
        ("PROCESSOR", "SECRECY_IMPOSED", "lever-le-secret", "REDIRECTED", "PROCESSOR_HELPDESK PROCESSOR_MANAGER"),
        ("CONTROLLER", "REDIRECTED", "prendre-en-charge", "ACKNOWLEDGED", "CONTROLLER_REP"),
        ("CONTROLLER", "ACKNOWLEDGED", "clore", "CLOSED", "CONTROLLER_REP DPO"),
    ];

    [Fact]
    [Trait("S", "5")]
    public void A_hundred_thousand_random_steps_do_what_the_table_says_and_nothing_else()
    {
        var random = new Random(5);
        var (states, slugs, taken) = (Enum.GetValues<AuthorityRequestStatus>(), Table.Select(line => line.Slug).Append("inconnu").ToArray(), 0);
        for (var i = 0; i < 100_000; i++)
        {
            var (side, state, slug) = (random.Next(2) == 0 ? "PROCESSOR" : "CONTROLLER", states[random.Next(states.Length)], slugs[random.Next(slugs.Length)]);
            var expected = Table.Where(line => line.Side == side && line.From == AuthorityStates.Code(state) && line.Slug == slug).Select(line => (line.To, line.Who)).SingleOrDefault();
            var move = AuthorityStates.Find(side, state, slug);
            Assert.Equal(expected, move is null ? default : (AuthorityStates.Code(move.To), string.Join(' ', move.Who)));
            if (move is not null) taken++;
        }
        Assert.True(taken > 5_000, $"{taken} taken");
    }

    [Fact]
    public async Task Received_redirected_by_a_letter_taken_over_and_closed_each_side_with_its_trace()
    {
        var (town, processor, convention) = await PairAsync();
        using var helpdesk = await processor.EnterAsync("HELPDESK_AGENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await helpdesk.GetAsync(processor.Home + "/requetes-d-autorites/nouvelle")).Single();
        (string Name, string Value)[] fields = [("Form.Controller", $"{convention}/{town.Id}"), ("Form.Authority", "Tribunal judiciaire"), ("Form.Kind", "JUDICIAL"), ("Form.LegalReference", "Réquisition n° 12"), ("Form.DataConcerned", "Traces du portail")];
        Assert.Contains("Aucune convention en cours", (await helpdesk.PostAsync(form.Action, form.With([.. fields[1..], ("Form.Controller", $"{convention}/{processor.Id}")]))).Text);
        Assert.Contains("dans le futur", (await helpdesk.PostAsync(form.Action, form.With([.. fields, ("Form.ReceivedOn.Year", "2099")]))).Text);
        var added = await helpdesk.PostAsync(form.Action, form.With(fields));
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        Assert.Equal(added.Location, (await helpdesk.PostAsync(form.Action, form.With(fields))).Location);
        var page = await helpdesk.GetAsync(added.Location!);
        Assert.Contains("Un jour ouvré mène au", page.Html.QuerySelector(".why")!.TextContent);
        Assert.DoesNotContain("Tribunal", (await mayor.GetAsync(town.Home + "/requetes-d-autorites")).Text);
        Assert.Contains("Indiquez où l’autorité écrira", (await helpdesk.PressAsync(page, AuthorityStates.Redirect)).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await helpdesk.PressAsync(page, AuthorityStates.Redirect, ("Form.Address", "Mairie, 1 place de la République"))).Status);
        var letter = (await mayor.GetAsync($"{town.Home}/requetes-d-autorites/REQ-{DateTime.UtcNow.Year}-001/lettre")).Html.QuerySelector("#lettre")!.TextContent;
        foreach (var part in new[] { "Tribunal judiciaire", town.Name, "Mairie, 1 place de la République", "Réquisition n° 12", processor.Name, "article 28" }) Assert.Contains(part, letter);
        // Copy to the controller and to its officer, at once.
        foreach (var told in new[] { mayor, officer }) Assert.Contains("REQ-", (await told.GetAsync("/rappels")).Text);
        // Sent again: it has gone.
        Assert.Equal(HttpStatusCode.Conflict, (await helpdesk.PressAsync(page, AuthorityStates.Redirect, ("Form.Address", "Ailleurs"))).Status);
        var theirs = $"{town.Home}/requetes-d-autorites/REQ-{DateTime.UtcNow.Year}-001";
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(await mayor.GetAsync(theirs), AuthorityStates.Acknowledge)).Status);
        Assert.Contains("Prise en charge par le responsable", (await helpdesk.GetAsync(added.Location!)).Text);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var token = (await correspondent.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.OK, (await correspondent.GetAsync(theirs)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.PostAsync(theirs, ("__RequestVerificationToken", token), ("Form.Move", AuthorityStates.Close), ("Form.Answer", "x1"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PressAsync(await mayor.GetAsync(theirs), AuthorityStates.Close, ("Form.Answer", "Traces remises contre récépissé."))).Status);
        Assert.Equal(3, await CountAsync("select count(*) from history.event where organisation_id = @Id and object_type = 'AUTHORITY_REQUEST'", town));
        Assert.Equal(2, await CountAsync("select count(*) from history.event where organisation_id = @Id and object_type = 'AUTHORITY_REQUEST'", processor));
        foreach (var foreign in new[] { $"{processor.Home}/requetes-d-autorites/REQ-1999-001", $"{town.Home}/requetes-d-autorites/REQ-{DateTime.UtcNow.Year}-001", $"{processor.Home}/requetes-d-autorites/x" })
            Assert.Equal(HttpStatusCode.NotFound, (await helpdesk.GetAsync(foreign)).Status);
    }

    [Fact]
    [Trait("S", "51")]
    public async Task Under_secrecy_the_controller_and_the_officer_have_nothing_to_see_until_it_is_lifted()
    {
        var (town, processor, _) = await PairAsync();
        var reference = await TownInquiry.AddAsync(registry, processor, town, "Juge d’instruction");
        var (mayor, officer, ownOfficer, agent) = (await town.AppointAsync("LEGAL_REPRESENTATIVE"), await town.AppointAsync("DPO"), await processor.AppointAsync("DPO"), await processor.AppointAsync("HELPDESK_AGENT"));
        using var helpdesk = await processor.EnterAsync("HELPDESK_AGENT");
        using var dpo = await processor.EnterAsync("DPO");
        var path = $"{processor.Home}/requetes-d-autorites/{reference}";
        Assert.Equal(HttpStatusCode.OK, (await dpo.GetAsync(path)).Status);
        var page = await helpdesk.GetAsync(path);
        Assert.Contains("Indiquez le texte", (await helpdesk.PressAsync(page, AuthorityStates.Secrecy)).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await helpdesk.PressAsync(page, AuthorityStates.Secrecy, ("Form.Secrecy", "Code de procédure pénale, article 11"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await dpo.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await helpdesk.GetAsync(path + "/lettre")).Status);
        foreach (var person in new[] { mayor, officer, ownOfficer }) Assert.Equal(0, await AsAsync(person, "select count(*) from app.authority_request"));
        Assert.Equal(1, await AsAsync(agent, "select count(*) from app.authority_request"));
        Assert.Equal(0, await CountAsync("select count(*) from history.event where organisation_id = @Id and object_type = 'AUTHORITY_REQUEST'", town));
        Assert.Equal(0, await CountAsync("select count(*) from app.alert where organisation_id = @Id and code = 'AL_AUTHORITY_REQUEST'", town));
        Assert.Equal(HttpStatusCode.Redirect, (await helpdesk.PressAsync(await helpdesk.GetAsync(path), AuthorityStates.Lift, ("Form.Address", "Mairie"))).Status);
        foreach (var person in new[] { mayor, officer, ownOfficer }) Assert.Equal(1, await AsAsync(person, "select count(*) from app.authority_request"));
        Assert.Equal(1, await CountAsync("select count(*) from app.authority_request where organisation_id = @Id and secrecy_reference is null", town));
        Assert.Equal(0, await AsAsync(await (await Town.FoundAsync(registry)).AppointAsync("CONTRACT_MANAGER"), "select count(*) from app.authority_request"));
    }

    [Fact]
    [Trait("S", "51")]
    public async Task The_copy_of_a_controller_names_the_processor_that_redirects_and_the_convention_that_binds_them()
    {
        var (town, processor, convention) = await PairAsync();
        var (_, stranger, elsewhere) = await PairAsync();
        var helpdesk = await processor.AppointAsync("HELPDESK_AGENT");
        string Copy(Guid from, Guid under) =>
            $"""
            with copied as (
              insert into app.authority_request (organisation_id, id, side, year, number, convention_id, processor_id, processor_name, controller_id, controller_name, received_on, authority, kind,
                                                 data_concerned, status, redirect_by, redirected_at, letter, created_at, created_by, updated_at)
              values ('{town.Id}', gen_random_uuid(), 'CONTROLLER', 2026, 900, '{under}', '{from}', 'Prestataire', '{town.Id}', 'Commune', current_date, 'Tribunal', 'JUDICIAL',
                      'Traces', 'REDIRECTED', current_date, now(), 'Lettre', now(), 'Test', now()) returning 1)
            select count(*)::int from copied
            """;
        Assert.Equal(1, await AsAsync(helpdesk, Copy(processor.Id, convention)));
        foreach (var forged in new[] { Copy(stranger.Id, convention), Copy(processor.Id, elsewhere), Copy(town.Id, convention) })
            Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => AsAsync(helpdesk, forged))).SqlState);
    }

    private async Task<(Town Town, Town Processor, Guid Convention)> PairAsync()
    {
        var (town, processor) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        return (town, processor, await TownProviderRequest.ConventionAsync(registry, town, processor));
    }

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }

    private async Task<int> AsAsync(Guid person, string sql)
    {
        await using var db = new Db(registry.Services.GetRequiredService<Database>(), TimeProvider.System);
        db.ActFor(Scope.ForPerson(person));
        return await (await db.OpenAsync()).ExecuteScalarAsync<int>(sql);
    }
}
