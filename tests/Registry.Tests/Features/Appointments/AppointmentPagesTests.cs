using System.Net;
using Dapper;
using Registry.Features.Appointments;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Appointments;

[Trait("Kind", "pages")]
public sealed class AppointmentPagesTests(RegistryFixture registry)
{
    private static readonly (string, string)[] Written =
    [
        ("Form.FirstName", "Ada"), ("Form.LastName", "Nommée"), ("Form.ActType", "ARRETE"), ("Form.ActDate.Day", "1"), ("Form.ActDate.Month", "1"), ("Form.ActDate.Year", "2026"),
        ("Form.StartOn.Day", "1"), ("Form.StartOn.Month", "1"), ("Form.StartOn.Year", "2026"),
    ];

    [Fact]
    [Trait("S", "92")]
    public async Task A_person_is_named_once_however_often_the_form_is_sent()
    {
        var town = await Town.FoundAsync(registry);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var form = await FormAsync(mayor, town);
        var sent = form.With([.. Written, ("Form.Kind", "CORRESPONDENT"), ("Form.Email", "ada.nommee@test.example")]);
        for (var i = 0; i < 3; i++) Assert.Equal($"{town.Home}/designations", (await mayor.PostAsync(form.Action, sent)).Location);
        var list = await mayor.GetAsync($"{town.Home}/designations");
        Assert.Contains("Ada Nommée", list.Text);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal((1, 1, 2), await connection.QuerySingleAsync<(int, int, int)>(
            """
            select (select count(*)::int from app.person where organisation_id = @Id and last_name = 'Nommée'), (select count(*)::int from app.appointment where organisation_id = @Id and kind = 'CORRESPONDENT'),
                   (select count(*)::int from history.event where organisation_id = @Id and action in ('PERSON_ADDED', 'APPOINTED'))
            """, new { town.Id }));
    }

    [Theory]
    [InlineData("CORRESPONDENT", "Quelqu’un tient déjà cette fonction")]
    [InlineData("CORRESPONDENT_DELEGATE", "Dites quel correspondant délègue.")]
    [InlineData("AUDITOR", "Un auditeur est désigné pour trente jours au plus")]
    [InlineData("ELECTED_DELEGATE", "Dites qui délègue")]
    [InlineData("AREA_EXECUTIVE", "Choisissez la fonction.")]
    [InlineData("PLATFORM_ADMIN", "Choisissez la fonction.")]
    [InlineData("ROI", "Choisissez la fonction.")]
    [InlineData("", "Choisissez la fonction.")]
    public async Task An_appointment_against_the_rules_is_refused_and_kept_as_typed(string kind, string error)
    {
        var town = await Town.FoundAsync(registry);
        await town.AppointAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var form = await FormAsync(mayor, town);
        var refused = await mayor.PostAsync(form.Action, form.With([.. Written, ("Form.Kind", kind), ("Form.EndOn.Day", "15"), ("Form.EndOn.Month", "2"), ("Form.EndOn.Year", "2026")]));
        Assert.Contains(error, refused.Text);
        Assert.Equal("Nommée", refused.Html.QuerySelector("[name='Form.LastName']")!.GetAttribute("value"));
        Assert.Equal("15", refused.Html.QuerySelector("[name='Form.EndOn.Day']")!.GetAttribute("value"));
        Assert.DoesNotContain("Nommée", (await mayor.GetAsync($"{town.Home}/designations")).Text);
    }

    [Fact]
    public async Task Who_checks_cannot_answer_for_what_is_checked()
    {
        var town = await Town.FoundAsync(registry);
        var person = await town.AppointAsync("SECURITY_OFFICER");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var form = await FormAsync(mayor, town);
        var refused = await mayor.PostAsync(form.Action, form.With([.. Written, ("Form.Kind", "DPO_ASSISTANT"), ("Form.Person", person.ToString())]));
        Assert.Contains("conflit d’intérêts", refused.Text);
    }

    [Fact]
    public async Task A_delegation_ends_with_who_gave_it_and_closes_her_way_in()
    {
        var town = await Town.FoundAsync(registry);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        using var delegated = await town.EnterAsync("CORRESPONDENT_DELEGATE");
        Assert.Equal(HttpStatusCode.OK, (await delegated.GetAsync(town.Home)).Status);
        await using var connection = await registry.SuperuserAsync();
        var giver = await connection.ExecuteScalarAsync<Guid>("select id from app.appointment where organisation_id = @Id and kind = 'CORRESPONDENT'", new { town.Id });
        var yesterday = DateTime.UtcNow.AddDays(-2);
        var form = Forms.Of(await mayor.GetAsync($"{town.Home}/designations/{giver}/fin")).Single();
        var early = await mayor.PostAsync(form.Action, form.With(("Form.Reason", "RESIGNATION"), ("Form.EndOn.Day", "1"), ("Form.EndOn.Month", "1"), ("Form.EndOn.Year", "2020")));
        Assert.Contains("ne peut pas être avant le premier", early.Text);
        var without = await mayor.PostAsync(form.Action, form.With(("Form.EndOn.Day", "")));
        Assert.Contains("Choisissez le motif.", without.Text);
        var sent = form.With(("Form.Reason", "RESIGNATION"), ("Form.EndOn.Day", $"{yesterday.Day}"), ("Form.EndOn.Month", $"{yesterday.Month}"), ("Form.EndOn.Year", $"{yesterday.Year}"));
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PostAsync(form.Action, sent)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await delegated.GetAsync(town.Home)).Status);
        // Ended is ended: the same form again changes nothing.
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.PostAsync(form.Action, sent)).Status);
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*) from app.appointment where organisation_id = @Id and end_reason = 'RESIGNATION'", new { town.Id }));
    }

    [Fact]
    public async Task What_ends_before_it_began_never_opens_anything_and_stands_in_nobodys_way()
    {
        var town = await Town.FoundAsync(registry);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        await town.AppointAsync("CORRESPONDENT_DELEGATE");
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("begin; set local session_replication_role = replica; update app.appointment set start_on = current_date + 30 where organisation_id = @Id and kind like 'CORRESPONDENT%'; commit", new { town.Id });
        var giver = await connection.ExecuteScalarAsync<Guid>("select id from app.appointment where organisation_id = @Id and kind = 'CORRESPONDENT'", new { town.Id });
        var form = Forms.Of(await mayor.GetAsync($"{town.Home}/designations/{giver}/fin")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PostAsync(form.Action, form.With(("Form.Reason", "OTHER")))).Status);
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from app.appointment where organisation_id = @Id and kind like 'CORRESPONDENT%' and start_on = current_date + 30 and end_on = start_on - 1", new { town.Id }));
        Assert.Contains("Annulée avant son premier jour", (await mayor.GetAsync($"{town.Home}/designations")).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.GetAsync($"{town.Home}/designations/{giver}/fin")).Status);
        form = await FormAsync(mayor, town);
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PostAsync(form.Action, form.With([.. Written, ("Form.Kind", "CORRESPONDENT")]))).Status);
    }

    [Fact]
    public async Task Two_who_name_at_once_wait_for_one_another()
    {
        var town = await Town.FoundAsync(registry);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var form = await FormAsync(mayor, town);
        await using var connection = await registry.SuperuserAsync();
        await using var other = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            """
            set local session_replication_role = replica;
            select pg_advisory_xact_lock(hashtextextended(@Id::text, 9));
            insert into app.appointment (organisation_id, id, person_id, kind, start_on, act_type, act_date)
            select organisation_id, gen_random_uuid(), person_id, 'CORRESPONDENT', start_on, act_type, act_date from app.appointment where organisation_id = @Id
            """, new { town.Id });
        var waiting = mayor.PostAsync(form.Action, form.With([.. Written, ("Form.Kind", "CORRESPONDENT")]));
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await other.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Quelqu’un tient déjà cette fonction", (await waiting).Text);
    }

    [Fact]
    public async Task A_delegation_within_the_rules_opens_what_it_says()
    {
        var town = await Town.FoundAsync(registry);
        await town.AppointAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        await using var connection = await registry.SuperuserAsync();
        var giver = await connection.ExecuteScalarAsync<Guid>("select id from app.appointment where organisation_id = @Id and kind = 'CORRESPONDENT'", new { town.Id });
        var form = await FormAsync(mayor, town);
        var done = await mayor.PostAsync(form.Action, form.With([.. Written, ("Form.Kind", "CORRESPONDENT_DELEGATE"), ("Form.DelegatedFrom", giver.ToString())]));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
        Assert.Contains("Ada Nommée", (await mayor.GetAsync($"{town.Home}/designations")).Text);
    }

    [Fact]
    public async Task The_office_is_chosen_first_and_decides_what_is_asked()
    {
        var town = await Town.FoundAsync(registry);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var first = await mayor.GetAsync($"{town.Home}/designations/nouvelle");
        Assert.Empty(Forms.Of(first));
        Assert.Equal(Offices.All.Select(office => office.Kind), first.Html.QuerySelectorAll("[name=fonction]").Select(box => box.GetAttribute("value")));
        Assert.Contains("Choisissez la fonction.", (await mayor.GetAsync($"{town.Home}/designations/nouvelle?q=")).Text);
        Assert.Contains("Choisissez la fonction.", (await mayor.GetAsync($"{town.Home}/designations/nouvelle?fonction=PLATFORM_ADMIN")).Text);
        foreach (var office in Offices.All)
        {
            var fields = (await FormAsync(mayor, town, office.Kind)).Fields.Select(field => field.Name).ToList();
            Assert.Equal(!office.ActIsInternal, fields.Contains("Form.ActReference"));
            Assert.Equal(office.MustBeDelegated || office.Giver == "LEGAL_REPRESENTATIVE", fields.Contains("Form.DelegatedFrom"));
            Assert.Equal(office.Kind, (await FormAsync(mayor, town, office.Kind)).Fields.Single(field => field.Name == "Form.Kind").Value);
        }
    }

    [Fact]
    [Trait("S", "4")]
    public async Task What_an_office_does_not_take_is_not_delegated_to_it()
    {
        var town = await Town.FoundAsync(registry);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        await using var connection = await registry.SuperuserAsync();
        var giver = await connection.ExecuteScalarAsync<Guid>("select id from app.appointment where organisation_id = @Id and kind = 'LEGAL_REPRESENTATIVE'", new { town.Id });
        var form = await FormAsync(mayor, town, "AUDITOR");
        var refused = await mayor.PostAsync(form.Action, form.With([.. Written, ("Form.Kind", "CORRESPONDENT"), ("Form.DelegatedFrom", $"{giver}"), ("Form.DelegationScope", "RECORD_VALIDATION")]));
        Assert.Contains("Cela ne se délègue pas à cette fonction.", refused.Text);
        refused = await mayor.PostAsync(form.Action, form.With([.. Written, ("Form.Kind", "SERVICE_CONTRIBUTOR"), ("Form.DelegatedFrom", $"{giver}")]));
        Assert.Contains("Dites qui délègue", refused.Text);
    }

    [Fact]
    public async Task Whoever_presides_two_bodies_is_one_person_with_one_account()
    {
        var (commune, centre) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        using var officer = await commune.EnterAsync("DPO");
        using var stranger = await centre.EnterAsync("LEGAL_REPRESENTATIVE");
        var mayor = await commune.AppointAsync("LEGAL_REPRESENTATIVE");
        var mail = $"{mayor:n}@test.example";
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("begin; set local session_replication_role = replica; update app.person set email = @mail, first_name = 'Édith', last_name = 'Xylo' where id = @mayor; commit", new { mail, mayor });

        // Somebody of another area finds nobody: not by name, not by address, and naming her makes another person.
        foreach (var search in new[] { "Xylo", mail })
            Assert.DoesNotContain("Édith", (await stranger.GetAsync($"{centre.Home}/designations/nouvelle?fonction=CORRESPONDENT&q={search}")).Text);
        var form = await FormAsync(stranger, centre);
        Assert.Contains("Choisissez une valeur de la liste.", (await stranger.PostAsync(form.Action, form.With([.. Written, ("Form.Person", $"{mayor}")]))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.PostAsync(form.Action, form.With([.. Written, ("Form.Email", mail)]))).Status);
        Assert.DoesNotContain("Xylo", (await stranger.GetAsync($"{centre.Home}/designations")).Text);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from app.appointment where person_id = @mayor and organisation_id = @Id", new { mayor, centre.Id }));

        // Another address than the one that the naming above gave to somebody else.
        mail = "m-" + mail;
        await connection.ExecuteAsync("begin; set local session_replication_role = replica; update app.person set email = @mail where id = @mayor; commit", new { mail, mayor });
        // By a part of the name the officer of both bodies finds her, and her alone.
        await connection.ExecuteAsync("begin; set local session_replication_role = replica; update app.mutualisation set area_id = @AreaId where organisation_id = @Id; commit", new { commune.AreaId, centre.Id });
        var page = await officer.GetAsync($"{centre.Home}/designations/nouvelle?fonction=LEGAL_REPRESENTATIVE&q=xyl");
        Assert.Equal($"{mayor}", page.Html.QuerySelector("[name='Form.Person'] option[selected]")!.GetAttribute("value"));
        Assert.Contains(commune.Name, page.Html.QuerySelector("[name='Form.Person'] option[selected]")!.TextContent);
        Assert.Contains("Personne de ce nom", (await officer.GetAsync($"{centre.Home}/designations/nouvelle?fonction=AUDITOR&q={mail[5..]}")).Text);  // half an address finds nobody

        // Or by the address: under another name she is shown, under her own she is recognised.
        form = await FormAsync(officer, centre, "SECURITY_OFFICER");
        var doubt = await officer.PostAsync(form.Action, form.With([.. Written, ("Form.Email", mail.ToUpperInvariant())]));
        Assert.Contains("Cette adresse est celle d’une autre personne", doubt.Text);
        Assert.Contains("Édith Xylo", doubt.Html.QuerySelector("[name='Form.Person']")!.TextContent);
        var done = await officer.PostAsync(form.Action, form.With([("Form.FirstName", "édith"), ("Form.LastName", "Xylo"), .. Written, ("Form.Email", mail.ToUpperInvariant())]));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from app.appointment where person_id = @mayor and organisation_id = @Id and kind = 'SECURITY_OFFICER'", new { mayor, centre.Id }));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from app.person where id = @mayor and organisation_id = @Id", new { mayor, commune.Id }));
    }

    [Fact]
    public async Task After_naming_somebody_the_page_says_what_comes_next()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var form = await FormAsync(officer, town, "SERVICE_CONTRIBUTOR");
        var done = await officer.PostAsync(form.Action, form.With([.. Written, ("Form.Email", $"{town.Id:n}@test.example")]));
        Assert.EndsWith("/compte", done.Location, StringComparison.Ordinal);
        var account = await officer.GetAsync(done.Location!);
        Assert.Contains("Prochaine étape : invitez Ada Nommée", Plain(account));
        Assert.Contains("l’invitation est partie", (await officer.GetAsync((await officer.PressAsync(account, "Envoyer l’invitation")).Location!)).Text, StringComparison.OrdinalIgnoreCase);

        form = await FormAsync(mayor, town, "CORRESPONDENT");
        done = await mayor.PostAsync(form.Action, form.With([.. Written, ("Form.Email", $"c-{town.Id:n}@test.example")]));
        Assert.Contains("Prochaine étape : le délégué invite Ada Nommée", Plain(await mayor.GetAsync(done.Location!)));
        form = await FormAsync(mayor, town, "SECURITY_OFFICER");
        done = await mayor.PostAsync(form.Action, form.With(Written));
        Assert.Contains("Sans adresse électronique", (await mayor.GetAsync(done.Location!)).Text);
    }

    private static string Plain(Answer answer) => answer.Text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static async Task<SentForm> FormAsync(Visit visit, Town town, string kind = "CORRESPONDENT") => Forms.Of(await visit.GetAsync($"{town.Home}/designations/nouvelle?fonction={kind}")).Single();
}
