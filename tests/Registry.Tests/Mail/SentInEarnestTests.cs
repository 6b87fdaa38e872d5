using System.Globalization;
using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.Mail;

/// <summary>The program as a process of its own, and mail servers: what happens to a mail when either of them is asked to end, or is killed.</summary>
[Trait("Kind", "durability")]
public sealed class SentInEarnestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("S", "47")]
    [Trait("S", "93")]
    public async Task A_mail_reaches_a_real_server_by_starttls_and_under_our_user()
    {
        Assert.SkipWhen(RealMailServer.WhyNot is not null, RealMailServer.WhyNot ?? "");
        using var mail = new RealMailServer();
        await mail.StartAsync(Stop);
        await using var scratch = await ScratchDatabase.MakeAsync();
        var id = await PostAsync(scratch, "nom@exemple.fr");
        using var server = Server(scratch, "localhost", mail.Port);
        server.Settings["REGISTRY_SMTP_TLS"] = "";
        server.Settings["REGISTRY_SMTP_USER"] = RealMailServer.User;
        server.Settings["REGISTRY_SMTP_PASSWORD_FILE"] = mail.PasswordFile;
        server.Settings["SSL_CERT_FILE"] = mail.CertificateFile;
        await server.StartAsync();
        await UntilAsync(scratch, "sent_at is not null");
        var (user, encrypted, sent) = await mail.NextAsync(Stop);
        Assert.Equal((RealMailServer.User, true, "nom@exemple.fr"), (user, encrypted, sent.To));
        Assert.Equal($"<{id:n}@exemple.fr>", sent.MessageId);
        Assert.Equal("Corps : é", sent.Body);
        Assert.False(mail.HasMore);
    }

    [Fact]
    [Trait("S", "47")]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_no_mail()
    {
        Assert.SkipWhen(RealMailServer.WhyNot is not null, RealMailServer.WhyNot ?? "");
        using var mail = new RealMailServer();
        await mail.StartAsync(Stop);
        await using var scratch = await ScratchDatabase.MakeAsync();
        await PostAsync(scratch, "nom@exemple.fr");
        using var server = Server(scratch, "localhost", mail.Port);
        server.Settings["REGISTRY_SMTP_TLS"] = "";
        server.Settings["REGISTRY_SMTP_USER"] = RealMailServer.User;
        server.Settings["REGISTRY_SMTP_PASSWORD_FILE"] = mail.PasswordFile;
        await server.StartAsync();
        await UntilAsync(scratch, "last_error is not null");
        Assert.False(mail.HasMore);
    }

    [Fact]
    [Trait("S", "95")]
    public async Task Asked_to_end_the_program_ends_the_mail_in_hand_and_begins_no_other()
    {
        using var mail = new SmtpListener();
        var (taken, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        mail.BeforeAnswer = () =>
        {
            taken.TrySetResult();
            return answer.Task;
        };
        await using var scratch = await ScratchDatabase.MakeAsync();
        for (var i = 0; i < 3; i++) await PostAsync(scratch, "nom@exemple.fr");
        using var server = Server(scratch, "127.0.0.1", mail.Port);
        await server.StartAsync();
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        var end = server.EndAsync();
        await Task.Delay(500, Stop);  // the signal has arrived while the mail server still thinks
        answer.SetResult();
        Assert.Equal(0, await end.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        await using var connection = await scratch.SuperuserAsync();
        Assert.Single(mail.Mails);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from app.outbox_mail where sent_at is not null"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*) from app.outbox_mail where sent_at is null and lease is null"));
    }

    [Fact]
    [Trait("S", "93")]
    public async Task Killed_while_the_server_takes_a_mail_the_program_sends_it_again_under_the_same_id_and_the_others_once()
    {
        using var mail = new SmtpListener();
        var taken = new TaskCompletionSource();
        mail.BeforeAnswer = () =>
        {
            taken.TrySetResult();
            return new TaskCompletionSource().Task;  // never
        };
        await using var scratch = await ScratchDatabase.MakeAsync();
        for (var i = 0; i < 4; i++) await PostAsync(scratch, $"nom{i}@exemple.fr");
        using var server = Server(scratch, "127.0.0.1", mail.Port);
        await server.StartAsync();
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        server.Kill();
        mail.BeforeAnswer = () => Task.CompletedTask;
        await using (var connection = await scratch.SuperuserAsync()) await connection.ExecuteAsync("update app.outbox_mail set leased_until = now() where lease is not null");
        await server.StartAsync();
        await UntilAsync(scratch, "sent_at is not null", 4);
        Assert.Equal(5, mail.Mails.Count);
        Assert.Equal(4, mail.Mails.Select(one => one.MessageId).Distinct().Count());
        Assert.Equal(2, mail.Mails.Count(one => one.MessageId == mail.Mails.First().MessageId));
    }

    private static RunningServer Server(ScratchDatabase scratch, string host, int port)
    {
        var server = new RunningServer(scratch.ConnectionString, scratch.KeyFile);
        server.Settings["REGISTRY_SMTP_HOST"] = host;
        server.Settings["REGISTRY_SMTP_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        server.Settings["REGISTRY_SMTP_FROM"] = "registre@exemple.fr";
        server.Settings["REGISTRY_SMTP_TLS"] = "off";
        return server;
    }

    private static async Task<Guid> PostAsync(ScratchDatabase scratch, string recipient)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await scratch.SuperuserAsync();
        await connection.ExecuteAsync(
            "insert into app.outbox_mail (id, recipient, subject, body, created_at, due_at) values (@id, @recipient, 'Objet', 'Corps : é', now(), now())", new { id, recipient });
        return id;
    }

    /// <summary>Looks again until so many mails are so, half a minute at most.</summary>
    private static async Task UntilAsync(ScratchDatabase scratch, string which, int number = 1)
    {
        await using var connection = await scratch.SuperuserAsync();
        for (var tries = 0; tries < 300; tries++)
        {
            if (await connection.ExecuteScalarAsync<int>($"select count(*) from app.outbox_mail where {which}") == number) return;
            await Task.Delay(100, Stop);
        }
        var errors = await connection.QueryAsync<string>("select last_error from app.outbox_mail where last_error is not null");
        Assert.Fail($"Not {number} mails {which} within half a minute. {string.Join(' ', errors)}");
    }
}
