using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Features.Shared;

namespace Registry.Features.Requests;

/// <summary>A line of the search sheet, as the correspondent asks for it.</summary>
public sealed class SearchForm
{
    public Guid Id { get; set; }
    public string? Record { get; set; }
    public string? System { get; set; }
    public string? Whom { get; set; }
    public string? Instruction { get; set; }
    public DateParts DueOn { get; set; } = new();

    /// <summary>The line, or null when something is wrong, said by its field.</summary>
    public SearchTask? Check(RightsRequest request, SearchPlaces places, DateOnly today, DateOnly? latest, ModelStateDictionary errors)
    {
        (Record, System, Instruction) = (TypedText.Clean(Record), TypedText.Clean(System), TypedText.Clean(Instruction));
        var (record, system, asked) = (Record is null ? null : places.Record(Record), System is null ? null : places.System(System), places.Of(Whom));
        if (Record is not null && record is null) errors.AddModelError("Form.Record", "Aucune fiche publiée ne porte ce nom ni ce numéro : choisissez dans la liste.");
        if (System is not null && system is null) errors.AddModelError("Form.System", "Cette application n’est pas dans votre liste : choisissez-la, ou nommez-la dans la consigne.");
        if (asked is null) errors.AddModelError("Form.Whom", "Dites à qui vous demandez de chercher.");
        else if (asked.UnitId is null && Record is null && System is null) errors.AddModelError("Form.Record", "Dites à un prestataire où chercher : une fiche ou une application.");
        if (Instruction is null) errors.AddModelError("Form.Instruction", "Écrivez ce qu’il faut chercher.");
        else if (Instruction.Length > RequestStates.LongestReason) errors.AddModelError("Form.Instruction", "Écrivez 4 000 caractères au plus.");
        else if (TypedText.HasHidden(Instruction, lines: true)) errors.AddModelError("Form.Instruction", TypedText.HiddenCharacter);
        if (DueOn.IsEmpty) errors.AddModelError("Form.DueOn", "Indiquez pour quel jour.");
        else if (DueOn.Date < today) errors.AddModelError("Form.DueOn", "Ce jour est passé : laissez le temps de chercher.");
        else if (DueOn.Date > latest) errors.AddModelError("Form.DueOn", "C’est après le jour où la personne doit avoir sa réponse : choisissez un jour plus tôt.");
        if (!errors.IsValid || DueOn.Date is not { } due) return null;
        return new() { Id = Id, RequestId = request.Id, RecordId = record?.Id, RecordNumber = record?.Number, RecordTitle = record?.Title, SystemId = system, SystemName = places.Systems.Where(one => one.Id == system).Select(one => one.Name).FirstOrDefault(), Asked = asked!, DueOn = due, Content = new(Instruction!) };
    }
}

/// <summary>What came of a search, or why it is no longer needed.</summary>
public sealed class FindingForm
{
    public const string Found = "FOUND", Nothing = "NOTHING", Withdrawn = "WITHDRAWN";

    public int Seen { get; set; }
    public string? Result { get; set; }
    public DateParts On { get; set; } = new();
    public string? By { get; set; }
    public string? Text { get; set; }

    public static IReadOnlyList<Option> Results { get; } =
    [
        new(Found, Languages.Key("Des données ont été trouvées")), new(Nothing, Languages.Key("Rien n’a été trouvé")),
        new(Withdrawn, Languages.Key("La recherche n’est plus nécessaire"), Languages.Key("Dites pourquoi.")),
    ];

    public static FindingForm Of(SearchTask task, DateOnly today) => new()
    {
        Seen = task.Version, Result = task.State == SearchState.Asked ? null : task.State.ToString().ToUpperInvariant(), On = DateParts.From(task.SearchedOn ?? today),
        By = task.Content.By ?? (task.Asked.ConventionId is null ? null : task.Asked.Name), Text = task.Content.Text,
    };

    /// <summary>The line with its answer; null when something is wrong, said by its field.</summary>
    public SearchTask? Check(DateOnly receivedOn, SearchTask task, DateOnly today, ModelStateDictionary errors)
    {
        if (!Correct(receivedOn, today, errors)) return null;
        var searched = Result != Withdrawn;
        return task with { Version = Seen, State = Enum.Parse<SearchState>(Result!, ignoreCase: true), SearchedOn = searched ? On.Date : null, Content = task.Content with { Text = Text, By = searched ? By : null } };
    }

    private bool Correct(DateOnly receivedOn, DateOnly today, ModelStateDictionary errors)
    {
        (By, Text) = (TypedText.Clean(By), TypedText.Clean(Text));
        var searched = Result is Found or Nothing;
        if (!searched && Result != Withdrawn) errors.AddModelError("Form.Result", "Dites ce que la recherche a donné.");
        if (searched && On.IsEmpty) errors.AddModelError("Form.On", "Indiquez le jour.");
        else if (searched && On.Date > today) errors.AddModelError("Form.On", "Ce jour est dans le futur : indiquez quand cela s’est passé.");
        else if (searched && On.Date < receivedOn) errors.AddModelError("Form.On", "C’est avant l’arrivée de la demande : corrigez la date.");
        if (searched && By is null) errors.AddModelError("Form.By", "Dites qui a cherché.");
        else if (By?.Length > 200) errors.AddModelError("Form.By", "Écrivez 200 caractères au plus.");
        else if (By is not null && TypedText.HasHidden(By)) errors.AddModelError("Form.By", TypedText.HiddenCharacter);
        if (Text is null && Result == Found) errors.AddModelError("Form.Text", "Écrivez ce qui a été trouvé.");
        else if (Text is null && Result == Withdrawn) errors.AddModelError("Form.Text", "Dites pourquoi la recherche n’est plus nécessaire.");
        else if (Text?.Length > RequestStates.LongestReason) errors.AddModelError("Form.Text", "Écrivez 4 000 caractères au plus.");
        else if (Text is not null && TypedText.HasHidden(Text, lines: true)) errors.AddModelError("Form.Text", TypedText.HiddenCharacter);
        return errors.IsValid;
    }

    /// <summary>At a help desk: whether the search is still needed is for the body that asked.</summary>
    public bool CorrectForProvider(DateOnly askedOn, DateOnly today, ModelStateDictionary errors)
    {
        if (Result == Withdrawn) Result = null;
        return Correct(askedOn, today, errors);
    }
}
