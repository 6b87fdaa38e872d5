using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
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
        services.AddSingleton<Recipients>();
        services.AddSingleton<Calendars>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<Links>();
        services.AddSingleton<Passages>();
        services.AddSingleton<Throttle>();
        services.AddSingleton<DeviceCookie>();
        services.AddSingleton<PasswordGate>();
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<Vault>();
        services.AddSingleton<AccountMails>();
        services.AddSingleton<Reenrolments>();
        services.AddSingleton(provider => PublicAddress.Read(provider.GetRequiredService<IConfiguration>(), demo));
        services.AddHostedService<SignInStart>();
        AddUserManager(services);

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

    /// <summary>The framework's part of it (D-6): our rules, hasher and stores come first, so that its own are not taken.</summary>
    private static void AddUserManager(IServiceCollection services)
    {
        services.AddScoped<AccountStore>();
        services.AddScoped<IUserStore<Account>>(provider => provider.GetRequiredService<AccountStore>());
        services.AddSingleton<IPasswordHasher<Account>>(provider => provider.GetRequiredService<PasswordHasher>());
        services.AddSingleton<IPasswordValidator<Account>, PasswordRules>();
        services.AddSingleton<ILookupNormalizer, EmailNormalizer>();
        services.AddIdentityCore<Account>(options => options.User.AllowedUserNameCharacters = "").AddUserManager<AccountManager>();
        services.AddScoped(provider => (AccountManager)provider.GetRequiredService<UserManager<Account>>());

        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((options, address) =>
        {
            // A passkey belongs to the configured address, whatever Host or Origin header a request carries.
            options.ServerDomain = address.Base.Host;
            options.ValidateOrigin = context => ValueTask.FromResult(
                context is { CrossOrigin: false, TopOrigin: null } && context.Origin == address.Base.GetLeftPart(UriPartial.Authority));
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "preferred";
            options.AttestationConveyancePreference = "none";
            options.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
        });
        services.AddScoped<SignInDoor>();
        services.AddScoped<SecondFactors>();
        services.AddScoped<Enrolments>();
        services.AddScoped<Passwords>();
        services.AddScoped<FactorSubject>();
        services.AddSingleton<Entrance>();
    }
}
