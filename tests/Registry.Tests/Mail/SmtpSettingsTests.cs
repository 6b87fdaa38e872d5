using Microsoft.Extensions.Configuration;
using Registry.Mail;

namespace Registry.Tests.Mail;

public sealed class SmtpSettingsTests
{
    [Fact]
    public void Without_a_host_there_is_no_server() => Assert.Null(Read());

    [Fact]
    [Trait("S", "47")]
    public void Mail_goes_by_starttls_on_the_submission_port_unless_told_otherwise()
    {
        var settings = Read(("HOST", "smtp.exemple.fr"), ("FROM", "registre@exemple.fr"))!;
        Assert.Equal((587, true, "registre@exemple.fr"), (settings.Port, settings.Tls, settings.From.Address));
        Assert.Null(settings.Credentials);
        Assert.False(Read(("HOST", "localhost"), ("FROM", "registre@exemple.fr"), ("TLS", "off"))!.Tls);
    }

    [Theory]
    [InlineData("REGISTRY_SMTP_FROM", "HOST=smtp.exemple.fr")]
    [InlineData("REGISTRY_SMTP_FROM", "HOST=smtp.exemple.fr FROM=personne")]
    [InlineData("REGISTRY_SMTP_PORT", "HOST=smtp.exemple.fr FROM=a@exemple.fr PORT=beaucoup")]
    [InlineData("STARTTLS", "HOST=smtp.exemple.fr FROM=a@exemple.fr PORT=465")]
    [InlineData("this machine only", "HOST=smtp.exemple.fr FROM=a@exemple.fr TLS=off")]
    [InlineData("go together", "HOST=smtp.exemple.fr FROM=a@exemple.fr USER=a")]
    [InlineData("needs STARTTLS", "HOST=localhost FROM=a@exemple.fr TLS=off USER=a PASSWORD_FILE=/tmp/x")]
    public void A_setting_that_cannot_be_is_refused_at_the_start(string said, string given)
    {
        var settings = given.Split(' ').Select(one => (one.Split('=')[0], one.Split('=')[1])).ToArray();
        Assert.Contains(said, Assert.Throws<InvalidOperationException>(() => Read(settings)).Message, StringComparison.Ordinal);
    }

    private static SmtpSettings? Read(params (string Name, string Value)[] settings) => SmtpSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => "REGISTRY_SMTP_" + one.Name, one => (string?)one.Value)).Build());
}
