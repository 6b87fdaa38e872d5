using System.Net;
using Dapper;
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

    private static async Task<SentForm> FormAsync(Visit visit, Town town) => Forms.Of(await visit.GetAsync($"{town.Home}/designations/nouvelle")).Single();
}
