using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Deadlines;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Requests;

/// <summary>What is written when a step is taken; which fields count depends on the step.</summary>
public sealed class StepForm
{
    private static readonly string InFuture = Languages.Key("Ce jour est dans le futur : indiquez quand cela s’est passé.");

    public int Seen { get; set; }
    public DateParts On { get; set; } = new();
    public string? Reason { get; set; }

    [Vocabulary("IdentityMethod")]
    public string? Method { get; set; }

    public bool Confirmed { get; set; }

    [Vocabulary("ExtensionReason")]
    public string? Extension { get; set; }

    [Vocabulary("RightsOutcome")]
    public string? Outcome { get; set; }

    [Vocabulary("RefusalGround")]
    public List<string> Grounds { get; set; } = [];

    public bool Masked { get; set; }

    /// <summary>That the answer leaves for the right person, at her right address, was looked at.</summary>
    public bool Recipient { get; set; }

    [Vocabulary("CommunicationChannel")]
    public string? Channel { get; set; }

    public static IReadOnlyList<Option> Methods => Options("IdentityMethod");
    public static IReadOnlyList<Option> Extensions => Options("ExtensionReason");
    public static IReadOnlyList<Option> AllGrounds => Options("RefusalGround");
    public static IReadOnlyList<Option> Outcomes => [.. Options("RightsOutcome").Where(one => one.Value is "FULL" or "PARTIAL" or "NO_DATA")];
    public static IReadOnlyList<Option> Channels => [.. Options("CommunicationChannel").Where(one => one.Value is "EMAIL" or "POST" or "REGISTERED_POST" or "IN_PERSON" or "PORTAL")];

    /// <summary>Whether the step happened on a day that may lie back: a letter left, an answer came.</summary>
    public static bool IsDated(RequestNeeds needs) =>
        needs is RequestNeeds.Day or RequestNeeds.Doubt or RequestNeeds.Precision or RequestNeeds.Supplied or RequestNeeds.Reminder or RequestNeeds.Extension or RequestNeeds.Controller or RequestNeeds.Papers or RequestNeeds.Answer or RequestNeeds.Refusal;

    /// <summary>The file once the step is taken; null when something is wrong, said by its field.</summary>
    public RightsRequest? Take(RequestAct act, RightsRequest request, HolidayCalendar calendar, DateOnly today, bool byOfficer, ModelStateDictionary errors)
    {
        CheckTexts(act.Needs, errors);
        var on = IsDated(act.Needs) ? Day(request, today, errors) : today;
        if (!errors.IsValid || on is not { } day) return null;
        var course = request.Course;
        var changed = act.Needs switch
        {
            RequestNeeds.Day => request with { Course = course with { AcknowledgedOn = day } },
            RequestNeeds.Identity => request with { Course = course with { IdentityMethod = Method, IdentityOn = day } },
            RequestNeeds.Doubt => Ask(new(day, SuspensionReason.Identity)),
            RequestNeeds.Precision => Ask(new(day, SuspensionReason.Clarification, Confirmed && byOfficer)),
            RequestNeeds.Supplied => Supplied(),
            RequestNeeds.Reminder => request with { Course = course.WithAwaited(question => question with { RemindedOn = day }) },
            RequestNeeds.Extension => Extend(),
            RequestNeeds.Controller or RequestNeeds.Papers => End("FORWARDED"),
            RequestNeeds.Draft => request with { Outcome = Outcome, Course = course with { Grounds = Outcome == "PARTIAL" ? [.. Grounds.Distinct()] : [] }, Content = request.Content with { Draft = Reason } },
            RequestNeeds.Answer => End(request.Outcome) with { Course = course with { AnswerChannel = Channel } },
            RequestNeeds.Refusal => End("REFUSED") with { Course = course with { Grounds = [.. Grounds.Distinct()] } },
            RequestNeeds.Reason when act.Slug is "retenir" or "ne-plus-retenir" => request with { Held = act.Slug == "retenir" },
            RequestNeeds.Reason when act.To is { } to && !RequestStates.IsOpen(to) => End("ABANDONED"),
            RequestNeeds.Nothing => request with { ClosedOn = day, PurgeOn = Purge.RequestFile(day).On },
            _ => request,
        };
        return errors.IsValid ? changed with { Status = act.After(request.Status) } : null;

        RightsRequest End(string? outcome) => request with { EndedOn = day, Outcome = outcome };

        RightsRequest Ask(Question question)
        {
            if (day > request.Clock(calendar).Due.DueOn) errors.AddModelError("Form.On", "Le délai était déjà passé ce jour-là : une question ne suspend plus rien. Répondez à la personne.");
            return request with { Course = course with { Questions = [.. course.Questions, question] } };
        }

        RightsRequest Supplied()
        {
            if (course.Awaited is not { } question) return request with { EndedOn = null, Outcome = null };
            if (day < question.RequestedOn) errors.AddModelError("Form.On", "C’est avant le jour où vous l’avez demandé : corrigez la date.");
            var identity = question.Reason == SuspensionReason.Identity;
            if (identity && string.IsNullOrEmpty(Method)) errors.AddModelError("Form.Method", "Dites comment l’identité est établie.");
            return request with
            {
                EndedOn = null,
                Outcome = null,
                Course = course.WithAwaited(one => one with { SuppliedOn = day }) with { IdentityMethod = identity ? Method : course.IdentityMethod, IdentityOn = identity ? day : course.IdentityOn },
            };
        }

        RightsRequest Extend()
        {
            var extended = request with { Course = course with { ExtensionSentOn = day, ExtensionReason = Extension } };
            if (!extended.Clock(calendar).ExtensionAccepted) errors.AddModelError("Form.On", "L’annonce devait partir au plus tard le dernier jour du premier délai : elle serait sans effet.");
            return extended;
        }
    }

    private DateOnly? Day(RightsRequest request, DateOnly today, ModelStateDictionary errors)
    {
        if (On.IsEmpty) errors.AddModelError("Form.On", "Indiquez le jour.");
        if (On.Date is not { } day) return null;
        if (day > today) errors.AddModelError("Form.On", InFuture);
        else if (day < request.ReceivedOn) errors.AddModelError("Form.On", "C’est avant l’arrivée de la demande : corrigez la date.");
        return day;
    }

    private void CheckTexts(RequestNeeds needs, ModelStateDictionary errors)
    {
        Reason = TypedText.Clean(Reason);
        if (Reason is not null && Reason.Length > RequestStates.LongestReason) errors.AddModelError("Form.Reason", "Écrivez 4 000 caractères au plus.");
        else if (Reason is not null && TypedText.HasHidden(Reason, lines: true)) errors.AddModelError("Form.Reason", TypedText.HiddenCharacter);
        var missing = needs switch
        {
            RequestNeeds.Doubt => Languages.Key("Dites ce qui fait douter de l’identité : sans doute raisonnable, la loi ne permet pas de la demander (article 12, paragraphe 6)."),
            RequestNeeds.Precision => Languages.Key("Écrivez ce qu’il faut préciser, et pourquoi."),
            RequestNeeds.Extension => Languages.Key("Expliquez pourquoi il faut plus de temps : la personne le lira."),
            RequestNeeds.Controller => Languages.Key("Nommez l’organisme compétent : la personne et lui doivent le savoir."),
            RequestNeeds.Papers => Languages.Key("Écrivez à qui vous la transmettez : la personne responsable de l’accès aux documents administratifs, ou le service qui a le document."),
            RequestNeeds.Draft => Languages.Key("Écrivez ce que dit la réponse."),
            RequestNeeds.Reason => Languages.Key("Écrivez pourquoi."),
            _ => null,
        };
        if (missing is not null && Reason is null) errors.AddModelError("Form.Reason", missing);
        if (needs == RequestNeeds.Refusal && (Reason?.Length ?? 0) < RequestStates.ShortestReasoning)
            errors.AddModelError("Form.Reason", "Motivez le refus, en 50 caractères au moins : la personne le lira, et peut-être un juge.");
        if (needs == RequestNeeds.Identity && string.IsNullOrEmpty(Method)) errors.AddModelError("Form.Method", "Dites comment l’identité est établie.");
        if (needs == RequestNeeds.Extension && string.IsNullOrEmpty(Extension)) errors.AddModelError("Form.Extension", "Choisissez le motif.");
        if (needs == RequestNeeds.Answer && string.IsNullOrEmpty(Channel)) errors.AddModelError("Form.Channel", "Dites comment la réponse est partie.");
        if (needs == RequestNeeds.Answer && !Recipient) errors.AddModelError("Form.Recipient", "Vérifiez à qui la réponse part, et où, puis cochez cette case.");
        if (needs == RequestNeeds.Draft && Outcome is not ("FULL" or "PARTIAL" or "NO_DATA")) errors.AddModelError("Form.Outcome", "Choisissez ce que la réponse accorde.");
        if (needs == RequestNeeds.Draft && !Masked) errors.AddModelError("Form.Masked", "Vérifiez que rien n’y révèle une autre personne, puis cochez cette case.");
        if ((needs == RequestNeeds.Refusal || (needs == RequestNeeds.Draft && Outcome == "PARTIAL")) && Grounds.Count == 0) errors.AddModelError("Form.Grounds", "Choisissez au moins un motif.");
    }

    private static IReadOnlyList<Option> Options(string vocabulary) => [.. Vocabulary.Current.Terms(vocabulary).Select(term => new Option(term.Code, term.Label))];
}
