using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Data;
using Registry.Features.Ageing;
using Registry.Features.Requests;
using Registry.History;
using Registry.Mail;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>A request from the form to its erasure, five years of it, by all who have a hand in it; what was planted in it stands where it belongs and nowhere else, and in the end nowhere.</summary>
[Trait("Kind", "pages")]
public sealed class WholeLifeTests
{
    private const string Name = "Quinquengrogne", Street = "Sente-Malapalud", Mail = "zerbinette.kazatchok", Words = "Xanthoborborygme", Found = "Farfadoucet", Answered = "Ostrogothique", File = "Calembredaine";
    private static readonly string[] Plants = [Name, Street, Mail, Words, Found, Answered, File];
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("S", "46")]
    [Trait("S", "64")]
    [Trait("S", "103")]
    public async Task What_was_planted_is_in_no_log_no_subject_no_address_no_error_page_and_after_the_purge_in_no_table()
    {
        await using var registry = await ClockedRegistry.OpenAsync(DateTimeOffset.UtcNow);
        var clock = registry.Clock;
        var (town, provider, stranger) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        clock.Now = Start;
        await TownProviderRequest.ConventionAsync(registry, town, provider);
        await town.AddSystemAsync("Messagerie");
        using var mails = new SmtpListener();
        await using var connection = await registry.SuperuserAsync();
        var errors = new List<string>();

        // Day 0: the citizen asks.
        using var citizen = registry.Browse();
        var page = await citizen.GetAsync($"/c/{town.Slug}/demande");
        foreach (var fields in new (string, string)[][]
                 {
                     [("Form.Wishes", "ACCESS")], [("Form.Text", $"Une copie, au nom de {Words}.")], [("Form.Capacity", "SELF")],
                     [("Form.FirstName", "Zerbinette"), ("Form.LastName", Name), ("Form.Email", Mail + "@exemple.example"), ("Form.Post", $"3 {Street}")],
                 })
            page = await citizen.PostAsync(Forms.Of(page).Single().Action, Forms.Of(page).Single().With([.. fields, ("go", "next")]));
        clock.Now += TimeSpan.FromMinutes(1);
        var receipt = await citizen.PostAsync(Forms.Of(page).Single().Action, Forms.Of(page).Single().With(("go", "send")));
        var (reference, code) = (receipt.Html.QuerySelectorAll("main .box strong")[0].TextContent.Trim(), receipt.Html.QuerySelectorAll("main .box strong")[1].TextContent.Trim());
        var home = $"{town.Home}/demandes/{reference}";

        // Day 2: the correspondent opens the file and asks the help desk for its part; it answers; the officer looks.
        clock.Now = Start.AddDays(2);
        using (var correspondent = await town.EnterAsync("CORRESPONDENT"))
        using (var helpdesk = await provider.EnterAsync("HELPDESK_AGENT"))
        using (var officer = await town.EnterAsync("DPO"))
        using (var foreign = await stranger.EnterAsync("DPO"))
        {
            await Citizen.ActAsync(correspondent, home, "instruire", ("Form.Method", "FILE_MATCH"));
            var asking = await correspondent.GetAsync(home + "/recherches/nouvelle");
            var whom = asking.Html.QuerySelectorAll("select[name='Form.Whom'] option").Single(one => one.GetAttribute("value")!.StartsWith("P:", StringComparison.Ordinal)).GetAttribute("value")!;
            var asked = await correspondent.PostAsync(Forms.Of(asking).Single().Action, Forms.Of(asking).Single().With(("Form.System", "Messagerie"), ("Form.Whom", whom), ("Form.Instruction", $"La boîte de {Name}.")));
            Assert.True(asked.Status == HttpStatusCode.Redirect, asked.ToString());
            var ticket = (await helpdesk.GetAsync(provider.Home + "/assistance/recherches")).Html.QuerySelector("tbody a")!.GetAttribute("href")!;
            var form = Forms.Of(await helpdesk.GetAsync(ticket)).Single();
            var answered = await helpdesk.PostAsync(form.Action, form.With(("Form.Result", "FOUND"), ("Form.By", "Exploitation"), ("Form.Text", $"Une boîte, dite {Found}.")));
            Assert.True(answered.Status == HttpStatusCode.Redirect, answered.ToString());
            Assert.Contains(Found, (await officer.GetAsync(home)).Text);
            errors.Add((await foreign.GetAsync(home)).Html.Source.Text);
            errors.Add((await helpdesk.GetAsync($"{provider.Home}/assistance/recherches/{Guid.NewGuid()}")).Html.Source.Text);
            errors.Add((await correspondent.GetAsync(home + "/actes/clore")).Html.Source.Text);
            errors.Add((await correspondent.PostAsync(home + "/actes/reponse-prete", ("Form.Reason", "Rien."))).Html.Source.Text);  // without its token: what somebody typed herself is given back to her
        }

        // Before the month is over: an extension; then the answer with a file, which she reads and downloads.
        clock.Now = Start.AddDays(29);
        using (var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE")) await Citizen.ActAsync(mayor, home, "prolonger", ("Form.Extension", "COMPLEXITY"), ("Form.Reason", "Les archives sont sur papier."));
        clock.Now = Start.AddDays(70);
        using (var correspondent = await town.EnterAsync("CORRESPONDENT"))
        {
            var form = Forms.Of(await correspondent.GetAsync(home + "/pieces")).Single(one => !one.Action.Contains("Remove", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.Redirect, (await correspondent.UploadAsync(form, "Files", ($"{File}.csv", System.Text.Encoding.UTF8.GetBytes($"nom;rue\n{Name};{Street}\n")))).Status);
            await Citizen.ActAsync(correspondent, home, "reponse-prete", ("Form.Outcome", "FULL"), ("Form.Reason", $"Voici, {Answered}."), ("Form.Masked", "true"));
        }
        Assert.True(await TownFile.JudgeAsync(registry, town, await connection.QuerySingleAsync<Guid>("select id from app.request_file where organisation_id = @Id", new { town.Id }), RequestFileState.Clean));
        using (var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE")) await Citizen.ActAsync(mayor, home, "repondre", ("Form.Channel", "PORTAL"), ("Form.Recipient", "true"));
        var door = Forms.Of(await citizen.GetAsync($"/c/{town.Slug}/suivi")).Single();
        errors.Add((await citizen.PostAsync(door.Action, door.With(("Number", reference), ("Code", "0000 0000 0000 0000")))).Html.Source.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await citizen.PostAsync(door.Action, door.With(("Number", reference), ("Code", code)))).Status);
        var own = await Citizen.OpenAsync(citizen, town);
        Assert.Contains(Answered, own.Text);
        using (var download = await citizen.DownloadAsync(Citizen.FormTo(own, "/pieces/"))) Assert.Contains(Street, await download.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using (var correspondent = await town.EnterAsync("CORRESPONDENT")) await Citizen.ActAsync(correspondent, home, "clore");
        await SendAsync();

        // What is sealed opens to nobody who has the database alone; her address stands in the mails that were sent to her, for a year.
        var dump = await Planted.DumpAsync(connection, town.Id) + await Planted.DumpAsync(connection, provider.Id);
        Assert.All(Plants.Where(plant => plant != Mail).SelectMany(Planted.FormsOf), plant => Assert.DoesNotContain(plant, dump, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(Mail, dump, StringComparison.Ordinal);
        Assert.NotEmpty(mails.Mails);
        Assert.NotEmpty(registry.Logged);
        Assert.Contains(registry.Asked, address => address.EndsWith(reference, StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Length > 500);
        foreach (var plant in Plants)
        {
            Assert.DoesNotContain(registry.Logged, line => line.Contains(plant, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(registry.Asked, address => Uri.UnescapeDataString(address).Contains(plant, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(mails.Mails, mail => (mail.Header("Subject") + mail.Body).Contains(plant, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(errors, error => error.Contains(plant, StringComparison.OrdinalIgnoreCase));
        }

        // Five years later.
        clock.Now = Start.AddDays(70).AddYears(5).AddDays(1);
        var ageing = registry.Services.GetRequiredService<AgeingRunner>();
        foreach (var one in new[] { town, provider }) Assert.True(await ageing.AgeAsync(one.Id));
        await ageing.ForgetMailAsync(TestContext.Current.CancellationToken);
        dump = await Planted.DumpAsync(connection, town.Id) + await Planted.DumpAsync(connection, provider.Id);
        Assert.All(Plants.SelectMany(Planted.FormsOf), plant => Assert.DoesNotContain(plant, dump, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(registry.Logged, line => Plants.Any(plant => line.Contains(plant, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal((1, 0, 0, 0), await connection.QuerySingleAsync<(int, int, int, int)>(
            """
            select (select count(*)::int from app.rights_request_tally where organisation_id = @Id and on_time and outcome = 'FULL'), (select count(*)::int from app.rights_request where organisation_id = @Id),
                   (select count(*)::int from app.rights_request_search where organisation_id = @Id), (select count(*)::int from app.request_file_part where organisation_id = @Id)
            """, new { town.Id }));
        Assert.Contains("Ce numéro et ce code", (await citizen.PostAsync(door.Action, door.With(("Number", reference), ("Code", code)))).Text);
        using (var officer = await town.EnterAsync("DPO")) Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(home)).Status);
        Assert.Empty((await new Verification(registry.ConnectionString, registry.Keys).RunAsync()).Faults);

        async Task SendAsync()
        {
            var queue = new WorkerDb(registry.Services.GetRequiredService<Database>());
            await new MailWorker(new Outbox(queue, clock), new("127.0.0.1", mails.Port, new("registre@exemple.fr"), Tls: false, null, null), clock, NullLogger<MailWorker>.Instance).RoundAsync(TestContext.Current.CancellationToken);
        }
    }
}
