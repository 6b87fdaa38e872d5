using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.WebEncoders;

namespace Registry.Features.Shared;

/// <summary>
/// French is the text in the source; English is looked up by it in one file. French goes out in printed typography. Arguments are
/// formatted after that, so what a person typed is never altered.
/// </summary>
public sealed class Languages : IStringLocalizer, IStringLocalizerFactory
{
    public const string Cookie = "langue";

    // Keys come from our own source; the limit only keeps a page that passes stored text by mistake from filling the memory.
    private const int Remembered = 8192;

    private readonly Dictionary<string, string> _english = Read();
    private readonly ConcurrentDictionary<string, string> _french = new();

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The history is written in French whoever writes it, so that everybody reads one language there.</summary>
    public static T InFrench<T>(Func<T> work) => In("fr", work);

    public static T In<T>(string language, Func<T> work)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "fr-FR");
        try
        {
            return work();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>Marks a French text that is translated later, where it is shown.</summary>
    public static string Key(string french) => french;

    public LocalizedString this[string name] => new(name, Find(name, out var missing), missing);

    public LocalizedString this[string name, params object[] arguments] =>
        new(name, string.Format(CultureInfo.CurrentCulture, Find(name, out var missing), arguments), missing);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        _english.Select(pair => new LocalizedString(pair.Key, IsEnglish ? pair.Value : Typography.French(pair.Key)));

    public IStringLocalizer Create(Type resourceSource) => this;

    public IStringLocalizer Create(string baseName, string location) => this;

    private string Find(string name, out bool missing)
    {
        missing = false;
        if (IsEnglish)
        {
            if (_english.TryGetValue(name, out var translation))
                return translation;
            missing = true;
        }
        if (_french.TryGetValue(name, out var french))
            return french;
        french = Typography.French(name);
        if (_french.Count < Remembered)
            _french[name] = french;
        return french;
    }

    /// <summary>All files en*.json: a part of the program with many words of its own keeps them in its own file.</summary>
    private static Dictionary<string, string> Read()
    {
        var assembly = typeof(Languages).Assembly;
        var english = new Dictionary<string, string>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("languages/en", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (french, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!) english.TryAdd(french, text);
        }
        return english;
    }
}

public static class LanguagesSetup
{
    public static string Get(this IStringLocalizer language, string french, params object[] arguments) =>
        (arguments.Length == 0 ? language[french] : language[french, arguments]).Value;

    /// <summary>The name of a field as the history keeps it: a key, sometimes with the row in parentheses as people named it.</summary>
    public static string Field(this IStringLocalizer language, string kept)
    {
        if (!Languages.IsEnglish || language[kept] is { ResourceNotFound: false }) return language[kept].Value;
        var row = kept.IndexOf(" (", StringComparison.Ordinal);
        return row < 0 ? kept : language[kept[..row]].Value + kept[row..];
    }

    /// <summary>Localizer, annotations and binding messages in both languages, and the choice of language by cookie (call UseRequestLocalization).</summary>
    public static IServiceCollection AddLanguages(this IServiceCollection services)
    {
        services.AddSingleton<Languages>();
        services.AddSingleton<IStringLocalizer>(provider => provider.GetRequiredService<Languages>());
        services.AddSingleton<IStringLocalizerFactory>(provider => provider.GetRequiredService<Languages>());
        services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));

        services.Configure<MvcDataAnnotationsLocalizationOptions>(options =>
            options.DataAnnotationLocalizerProvider = (type, factory) => factory.Create(type));
        services.AddOptions<MvcOptions>().PostConfigure<IStringLocalizer>((options, language) =>
        {
            SpeakWhenBinding(options.ModelBindingMessageProvider, language);
            options.ModelMetadataDetailsProviders.Add(new AnnotationMessages());
        });

        services.Configure<RequestLocalizationOptions>(options =>
        {
            // Those that cannot be changed: of another, each request would take a copy and ask the system for all its formats again.
            CultureInfo[] cultures = [CultureInfo.GetCultureInfo("fr-FR"), CultureInfo.GetCultureInfo("en-GB")];
            options.DefaultRequestCulture = new RequestCulture(cultures[0]);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            // The language of the browser is not asked: pages, letters and deadlines start in French, English is a person's choice.
            options.RequestCultureProviders = [new CustomRequestCultureProvider(context => Task.FromResult<ProviderCultureResult?>(
                new(context.Request.Cookies[Languages.Cookie] == "en" ? "en-GB" : "fr-FR")))];
        });
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        return services;
    }

    private static void SpeakWhenBinding(DefaultModelBindingMessageProvider messages, IStringLocalizer t)
    {
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => t.Get("« {0} » n’est pas une valeur possible ici", value));
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => t.Get("« {0} » n’est pas une valeur possible ici", value));
        messages.SetValueIsInvalidAccessor(value => t.Get("« {0} » n’est pas une valeur possible ici", value));
        messages.SetUnknownValueIsInvalidAccessor(_ => t.Get("Cette valeur n’est pas possible ici"));
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => t.Get("Cette valeur n’est pas possible ici"));
        messages.SetValueMustBeANumberAccessor(_ => t.Get("Écrivez un nombre"));
        messages.SetNonPropertyValueMustBeANumberAccessor(() => t.Get("Écrivez un nombre"));
        messages.SetValueMustNotBeNullAccessor(_ => t.Get("Remplissez ce champ"));
        messages.SetMissingBindRequiredValueAccessor(_ => t.Get("Remplissez ce champ"));
        messages.SetMissingKeyOrValueAccessor(() => t.Get("Remplissez ce champ"));
        messages.SetMissingRequestBodyRequiredValueAccessor(() => t.Get("Il manque le contenu de la demande"));
    }

    /// <summary>An annotation without words of its own would speak the framework's English.</summary>
    private sealed class AnnotationMessages : IValidationMetadataProvider
    {
        public void CreateValidationMetadata(ValidationMetadataProviderContext context)
        {
            foreach (var attribute in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
            {
                if (HasOwnWords(attribute)) continue;
                attribute.ErrorMessage = attribute switch
                {
                    RequiredAttribute => Languages.Key("Remplissez ce champ"),
                    StringLengthAttribute { MinimumLength: > 0 } => Languages.Key("Écrivez de {2} à {1} caractères"),
                    StringLengthAttribute or MaxLengthAttribute => Languages.Key("Écrivez {1} caractères au plus"),
                    EmailAddressAttribute => Languages.Key("Écrivez une adresse électronique complète, comme nom@exemple.fr"),
                    RangeAttribute => Languages.Key("Écrivez un nombre de {1} à {2}"),
                    CompareAttribute => Languages.Key("Les deux saisies sont différentes"),
                    UrlAttribute => Languages.Key("Écrivez une adresse complète, qui commence par https://"),
                    _ => Languages.Key("Cette valeur n’est pas possible ici"),
                };
            }
        }

        // Some attributes are born with a text, in English: it counts as none.
        private static bool HasOwnWords(ValidationAttribute attribute) => attribute.ErrorMessageResourceName is not null
            || (attribute.ErrorMessage is { } said && said != attribute switch
            {
                EmailAddressAttribute => new EmailAddressAttribute().ErrorMessage,
                UrlAttribute => new UrlAttribute().ErrorMessage,
                _ => null,
            });
    }
}
