using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Engagements;

/// <summary>What the form of an engagement links to: found among what was offered, never among what was posted.</summary>
public sealed record EngagementLinks(Guid Party, KnownText? Text, KnownRecord? Record);

/// <summary>Draws the form of an engagement, finds what it names, and writes its events.</summary>
public sealed class EngagementDesk(EngagementStore store, KnownThings known, Visitor visitor, Journal journal, TimeProvider clock)
{
    private const string NotInList = "Choisissez dans la liste.";

    public EngagementChoices Choices { get; private set; } = new([], [], []);
    public DateOnly Today => visitor.Organisation.Today(clock);

    public async Task OfferAsync() => Choices = await store.ChoicesAsync();

    /// <summary>Without a convention or a record there is nothing to choose from: the field is not asked.</summary>
    public IReadOnlyList<FormField> Describe(EngagementForm form)
    {
        var (texts, records) = (Choices.Texts.Select(text => text.Label(visitor.Organisation.Id)).ToList(), Choices.Records.Select(record => record.Label).ToList());
        return [.. new SheetForm(new Sheet())
        {
            MarksOptional = true,
            Offered = new Offer(new Dictionary<(Type, string), IReadOnlyList<string>> { [(typeof(EngagementForm), nameof(EngagementForm.Processor))] = Choices.Parties }),
            Choices = new Dictionary<string, IReadOnlyList<Option>>
            {
                [nameof(EngagementForm.Convention)] = [.. texts.Distinct().Select(text => new Option(text, text))],
                [nameof(EngagementForm.Record)] = [.. records.Select(record => new Option(record, record))],
            },
        }.Describe(form).Where(field => !(field.Path is "Form.Convention" && texts.Count == 0) && !(field.Path is "Form.Record" && records.Count == 0))];
    }

    /// <summary>Null when the form names what was not offered; each said by its field.</summary>
    public async Task<EngagementLinks?> LinkAsync(EngagementForm form, ModelStateDictionary errors)
    {
        foreach (var (field, key) in form.Faults()) errors.AddModelError(field, key);
        var text = Choices.Texts.FirstOrDefault(text => text.Label(visitor.Organisation.Id) == form.Convention);
        var record = Choices.Records.FirstOrDefault(record => record.Label == form.Record);
        if (form.Convention is not null && text is null) errors.AddModelError("Form.Convention", NotInList);
        if (form.Record is not null && record is null) errors.AddModelError("Form.Record", NotInList);
        if (!errors.IsValid) return null;
        return new((await known.ThirdPartyAsync(form.Processor, "PROCESSOR"))!.Value, text, record);
    }

    public void Tell(Happening happening, Guid engagement, string subject, string? reason = null, IReadOnlyList<Change>? changes = null) =>
        journal.Record(new Event(visitor.Organisation.Id, happening.Code, Engagement.ObjectType, engagement,
            new EventDetails { Subject = subject, Reason = string.IsNullOrWhiteSpace(reason) ? null : reason, Changes = changes is { Count: > 0 } ? changes : null }));
}
