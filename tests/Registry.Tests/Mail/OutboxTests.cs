using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Data;
using Registry.Mail;
using Registry.Tests.Identity;
using Registry.Tests.Support;

namespace Registry.Tests.Mail;

/// <summary>A database of its own: nobody else's mail is sent by these tests.</summary>
public sealed class OutboxFixture : RegistryFixture;

[Trait("Kind", "pages")]
public sealed class OutboxTests(OutboxFixture registry) : IClassFixture<OutboxFixture>
{
    private readonly MovingClock _clock = new();

    [Fact]
    [Trait("S", "93")]
    public async Task Six_workers_at_once_send_each_of_200_mails_once()
    {
        await EmptyAsync();
        using var server = new SmtpListener();
        var ids = await PostAsync(200);
        var workers = Enumerable.Range(0, 6).Select(_ => Worker(server)).ToList();
        Assert.All(await Task.WhenAll(workers.Select(worker => worker.RoundAsync(Stop))), Assert.True);
        Assert.Equal(ids.Select(id => $"nom-{id:n}@exemple.fr").Order(), server.Mails.Select(mail => mail.To).Order());
        Assert.Equal(200, server.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(0, await CountAsync("sent_at is null or body <> '' or attempts <> 1"));
        await Worker(server).RoundAsync(Stop);
        Assert.Equal(200, server.Mails.Count);
    }

    [Fact]
    [Trait("S", "93")]
    public async Task While_the_server_is_away_nothing_is_lost_and_when_it_is_back_all_leaves_once()
    {
        await EmptyAsync();
        using var server = new SmtpListener();
        server.Stop();
        await PostAsync(5);
        var worker = Worker(server);
        for (var hour = 0; hour < 30; hour++)
        {
            Assert.False(await worker.RoundAsync(Stop));
            _clock.Pass(TimeSpan.FromHours(1));
        }
        Assert.Equal(5, await CountAsync("sent_at is null and given_up_at is null"));
        server.Start();
        for (var hour = 0; hour < 5; hour++)
        {
            await worker.RoundAsync(Stop);
            _clock.Pass(TimeSpan.FromHours(1));
        }
        Assert.Equal(5, server.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(5, server.Mails.Count);
        Assert.Equal(0, await CountAsync("sent_at is null"));
    }

    [Fact]
    [Trait("S", "93")]
    public async Task A_worker_killed_between_sending_and_marking_leaves_a_mail_that_goes_out_again_under_the_same_id()
    {
        await EmptyAsync();
        using var server = new SmtpListener();
        await PostAsync(1);
        var outbox = Outbox();
        var taken = (await outbox.TakeAsync("exemple.fr", Stop))!;
        using (var sender = new MailSender(Settings(server))) Assert.Null((await sender.SendAsync(taken)).Reason);
        // Here it is killed. While its lease lasts nobody takes the mail; afterwards somebody does.
        var worker = Worker(server);
        await worker.RoundAsync(Stop);
        Assert.Single(server.Mails);
        _clock.Pass(Registry.Mail.Outbox.LeaseTime);
        await worker.RoundAsync(Stop);
        Assert.Equal(2, server.Mails.Count);
        Assert.Single(server.Mails.Select(mail => mail.MessageId).Distinct());
        // It was only slow, and comes back: what it held is no longer its own to mark.
        await outbox.FailedAsync(taken, "too late", forGood: true);
        Assert.Equal(1, await CountAsync("sent_at is not null and given_up_at is null"));
    }

    [Fact]
    [Trait("S", "93")]
    public void The_pauses_grow_from_a_minute_to_four_hours()
    {
        Assert.Equal([1d, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240], Enumerable.Range(1, 11).Select(attempt => Registry.Mail.Outbox.PauseAfter(attempt).TotalMinutes));
        Assert.Equal(240, Registry.Mail.Outbox.PauseAfter(1000).TotalMinutes);
    }

    [Fact]
    [Trait("S", "93")]
    public async Task After_72_hours_of_tries_a_mail_is_given_up_and_the_operator_sends_it_again()
    {
        await EmptyAsync();
        using var server = new SmtpListener();
        server.Stop();
        var id = Assert.Single(await PostAsync(1));
        var worker = Worker(server);
        var tries = 0;
        var start = _clock.GetUtcNow();
        while (await CountAsync("given_up_at is null") > 0)
        {
            await worker.RoundAsync(Stop);
            tries++;
            _clock.Pass(await DueAsync() - _clock.GetUtcNow());
        }
        Assert.InRange(_clock.GetUtcNow() - start, TimeSpan.FromHours(68), TimeSpan.FromHours(76));
        Assert.InRange(tries, 20, 30);

        var town = await Town.FoundAsync(registry);
        using var operatorVisit = await town.EnterAsync("PLATFORM_ADMIN");
        var page = await operatorVisit.GetAsync("/courrier");
        Assert.Contains("abandonné", page.Text, StringComparison.Ordinal);
        Assert.Contains("n…@exemple.fr", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"nom-{id:n}", page.Html.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Corps du message", page.Text, StringComparison.Ordinal);
        var answer = await operatorVisit.PostAsync("/courrier", Forms.Of(page)[0].With(("mail", id.ToString())));
        Assert.Equal("/courrier", answer.Location);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from history.event where action = 'MAIL_TRIED_AGAIN' and object_id = @id", new { id }));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await operatorVisit.PostAsync("/courrier", Forms.Of(page)[0].With(("mail", id.ToString())))).Status);

        server.Start();
        await new MailWorker(new Outbox(Queue, TimeProvider.System), Settings(server), TimeProvider.System, NullLogger<MailWorker>.Instance).RoundAsync(Stop);
        Assert.Equal($"nom-{id:n}@exemple.fr", Assert.Single(server.Mails).To);
    }

    [Fact]
    [Trait("S", "93")]
    public async Task Only_the_operator_sees_the_outbox_and_not_even_she_reads_a_body()
    {
        await EmptyAsync();
        await PostAsync(1);
        var town = await Town.FoundAsync(registry);
        foreach (var kind in new[] { "DPO", "CORRESPONDENT", "LEGAL_REPRESENTATIVE" })
        {
            using var visit = await town.EnterAsync(kind);
            Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await visit.GetAsync("/courrier")).Status);
        }
        var officer = await town.AppointAsync("DPO");
        Assert.Equal(0, await registry.WorkAsync(Scope.ForPerson(officer), async (db, _) => await (await db.OpenAsync()).ExecuteScalarAsync<int>("select count(id) from outbox_mail")));
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => registry.WorkAsync(Scope.Platform, async (db, _) => await (await db.OpenAsync()).ExecuteScalarAsync<string>("select body from outbox_mail")));
        Assert.Equal("42501", refused.SqlState);
    }

    [Fact]
    [Trait("S", "18")]
    public async Task No_line_break_in_an_address_or_subject_reaches_the_wire()
    {
        await EmptyAsync();
        foreach (var (recipient, subject) in new[] { ("a@exemple.fr\r\nBcc: b@exemple.fr", "Objet"), ("a@exemple.fr", "Objet\r\nBcc: b@exemple.fr") })
            Assert.Equal("23514", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => PostOneAsync(recipient, subject, "Corps"))).SqlState);
        // What the table lets pass and is no single address is given up at once, unsent.
        using var server = new SmtpListener();
        foreach (var recipient in new[] { "a@exemple.fr, b@exemple.fr", "Nom <a@exemple.fr>", "sans-arobase" }) await PostOneAsync(recipient, "Objet", "Corps");
        await PostOneAsync("é@exemple.fr", "Objet", "Corps");
        await PostOneAsync("A.b@Exemple.FR", "Une fiche à relire : " + new string('é', 150), "Première ligne\n.\n.point\nDernière : é, ’ et 😀");
        var worker = Worker(server);
        while (!await worker.RoundAsync(Stop)) { }
        var mail = Assert.Single(server.Mails);
        Assert.Equal(4, await CountAsync("given_up_at is not null"));
        Assert.Equal("Première ligne\r\n.\r\n.point\r\nDernière : é, ’ et 😀", mail.Body);
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Null(mail.Header("Bcc"));
        Assert.All(mail.Text.Split("\r\n"), line => Assert.True(line.Length <= 998));
    }

    [Fact]
    public async Task An_address_that_the_server_does_not_know_is_given_up_at_once_and_stops_nobody_else()
    {
        await EmptyAsync();
        using var server = new SmtpListener { Refusal = "550 5.1.1 <qui@exemple.fr> inconnu" };
        await PostAsync(2);
        Assert.True(await Worker(server).RoundAsync(Stop));
        await using var connection = await registry.SuperuserAsync();
        var errors = (await connection.QueryAsync<string>("select last_error from app.outbox_mail where given_up_at is not null")).AsList();
        Assert.Equal(2, errors.Count);
        Assert.All(errors, error => Assert.DoesNotContain("qui@", error, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("S", "47")]
    public async Task A_server_without_starttls_gets_neither_mail_nor_password()
    {
        await EmptyAsync();
        using var server = new SmtpListener();
        await PostAsync(1);
        var worker = new MailWorker(Outbox(), Settings(server) with { Tls = true }, _clock, NullLogger<MailWorker>.Instance);
        Assert.False(await worker.RoundAsync(Stop));
        Assert.Empty(server.Mails);
        Assert.Equal(1, await CountAsync("sent_at is null and attempts = 1"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private WorkerDb Queue => new(registry.Services.GetRequiredService<Database>());

    private Outbox Outbox() => new(Queue, _clock);

    private static SmtpSettings Settings(SmtpListener server) => new("127.0.0.1", server.Port, new("registre@exemple.fr"), Tls: false, null, null);

    private MailWorker Worker(SmtpListener server) => new(Outbox(), Settings(server), _clock, NullLogger<MailWorker>.Instance);

    private async Task<IReadOnlyList<Guid>> PostAsync(int number)
    {
        var ids = Enumerable.Range(0, number).Select(_ => Guid.CreateVersion7()).ToList();
        await using var connection = await registry.SuperuserAsync();
        foreach (var id in ids) await InsertAsync(connection, id, $"nom-{id:n}@exemple.fr", "Une fiche à relire", "Corps du message");
        return ids;
    }

    private async Task PostOneAsync(string recipient, string subject, string body)
    {
        await using var connection = await registry.SuperuserAsync();
        await InsertAsync(connection, Guid.CreateVersion7(), recipient, subject, body);
    }

    private Task<int> InsertAsync(Npgsql.NpgsqlConnection connection, Guid id, string recipient, string subject, string body) => connection.ExecuteAsync(
        "insert into app.outbox_mail (id, recipient, subject, body, created_at, due_at) values (@id, @recipient, @subject, @body, @now, @now)",
        new { id, recipient, subject, body, now = _clock.GetUtcNow() });

    private async Task<int> CountAsync(string which)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>($"select count(*) from app.outbox_mail where {which}");
    }

    private async Task<DateTimeOffset> DueAsync()
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<DateTimeOffset>("select due_at from app.outbox_mail");
    }

    private async Task EmptyAsync()
    {
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("delete from app.outbox_mail");
    }
}
