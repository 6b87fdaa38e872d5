using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Data;
using Registry.Identity;
using Registry.Tests.Support;

namespace Registry.Tests.Identity;

/// <summary>A person who was invited and has opened her account with an application, as the pages let her do it.</summary>
public sealed class Person
{
    public const string FirstPassword = "girafe tambour lointain";

    public required SignInHost Host { get; init; }
    public required string Email { get; init; }
    public required Guid PersonId { get; init; }
    public byte[] Secret { get; set; } = [];
    public Visit Visit { get; private set; } = null!;
    public string Password { get; set; } = FirstPassword;

    public static async Task<(Person Person, string Link)> InvitedAsync(SignInHost host)
    {
        var id = Guid.NewGuid();
        var person = new Person { Host = host, PersonId = id, Email = $"p{id:N}@exemple.fr", Visit = host.Browse() };
        var address = await host.Services.GetRequiredService<Accounts>().InviteAsync(id, "Personne Essai", person.Email, "Commune d’essai");
        return (person, new Uri(address!).PathAndQuery);
    }

    public static async Task<Person> ActiveAsync(SignInHost host)
    {
        var (person, link) = await InvitedAsync(host);
        var visit = person.Visit;
        await visit.PressAsync(await visit.GetAsync(link), "Commencer");
        await visit.PressAsync(await visit.GetAsync("/invitation/mot-de-passe"), "Continuer", ("Form.Password", FirstPassword));
        var enrolled = await person.EnrolAsync(visit);
        if (enrolled.Location != "/mon-compte/codes-de-secours?premiers=true") throw new InvalidOperationException(enrolled.ToString());
        return person;
    }

    public async Task<Answer> EnrolAsync(Visit visit)
    {
        var page = await visit.GetAsync("/second-facteur/nouveau");
        var secret = FromBase32(page.Html.QuerySelector("code.secret")!.TextContent.Replace(" ", ""));
        var answer = await visit.PressAsync(page, "Enregistrer l’application", ("Form.Code", Totp.CodeAt(secret, Totp.StepAt(Host.Clock.GetUtcNow()))));
        if (answer.Location is not null) Secret = secret;
        return answer;
    }

    /// <summary>A code not used before: half a minute goes by first.</summary>
    public string NextCode()
    {
        Host.Clock.Pass(TimeSpan.FromSeconds(30));
        return Totp.CodeAt(Secret, Totp.StepAt(Host.Clock.GetUtcNow()));
    }

    public async Task<Answer> KnockAsync(Visit visit, string? password = null, string back = "/qui") =>
        await visit.PressAsync(
            await visit.GetAsync("/connexion?retour=" + Uri.EscapeDataString(back)), "Se connecter", ("Form.Email", Email), ("Form.Password", password ?? Password));

    public async Task<Answer> SignInAsync(Visit visit)
    {
        await KnockAsync(visit);
        return await visit.PressAsync(await visit.GetAsync("/connexion/second-facteur"), "Continuer", ("Form.Code", NextCode()));
    }

    /// <summary>The path of the link in the last mail whose text matches.</summary>
    public async Task<string> LinkInMailAsync(string start)
    {
        var mails = await Host.Services.GetRequiredService<Accounts>().ListMailAsync();
        var body = mails.First(m => m.Recipient == Email && m.Body.Contains(start, StringComparison.Ordinal)).Body;
        return "/" + Regex.Match(body, Regex.Escape(start) + "[A-Za-z0-9_-]{43}").Value;
    }

    public async Task<int> MailsAsync(string text) =>
        await Host.Services.GetRequiredService<SignInDb>().RunAsync(c => c.ExecuteScalarAsync<int>(
            "select count(*)::int from app.outbox_mail where recipient = @Email and strpos(body, @text) > 0", new { Email, text }));

    private static byte[] FromBase32(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(c => Convert.ToString(alphabet.IndexOf(c), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
