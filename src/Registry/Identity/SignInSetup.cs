using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Registry.Data;

namespace Registry.Identity;

/// <summary>How signing in is put into the program: the only door between it and the rest.</summary>
public static class SignInSetup
{
    /// <summary>Needs Database, Keys, Chain and TimeProvider. Everything is for signed-in people unless a page says otherwise (S-01).</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, bool demo)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(new DemoMode(demo));
        services.AddSingleton<SignInDb>();
        services.AddSingleton<SecurityJournal>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Accounts>();

        services.AddAuthentication(SessionHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        services.AddDataProtection().SetApplicationName("registry");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = ActivatorUtilities.CreateInstance<DataProtectionKeys>(provider);
            options.XmlEncryptor = ActivatorUtilities.CreateInstance<KeyRingEncryptor>(provider);
        }));
        services.AddAntiforgery(options =>
        {
            options.Cookie = new AntiforgeryCookie();
            options.SuppressXFrameOptionsHeader = true;  // sent with the other security headers
        });
        return services;
    }
}
