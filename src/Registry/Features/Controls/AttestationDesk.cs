using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Controls;

/// <summary>The form of an attestation: the same on a convention and on an application.</summary>
public sealed class AttestationDesk(Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t)
{
    public DateOnly Today => visitor.Organisation.Today(clock);

    public PartFormView View(AttestationForm form, string code, IReadOnlyDictionary<string, string?> parameters, string back, Guid id) =>
        new([.. ControlParameters.Describe(code, parameters, key => t.Get(key)), .. new SheetForm(new Sheet()) { MarksOptional = true }.Describe(form)], Languages.Key("Enregistrer l’attestation"), back, id);

    /// <summary>False when something cannot stand, each said by its field.</summary>
    public bool Accept(ModelStateDictionary errors, AttestationForm form, string code, IReadOnlyDictionary<string, string?> parameters)
    {
        if (!PostedPart.Accept(errors, form, t)) return false;
        foreach (var (field, key) in form.Faults(Today)) errors.AddModelError(field, t.Get(key));
        foreach (var (field, key, arguments) in ControlParameters.Faults(code, parameters, form.Status is "IN_PLACE" or "ATTESTED")) errors.AddModelError(field, t.Get(key, arguments));
        return errors.IsValid;
    }

    /// <summary>The line of the history, in French whoever writes.</summary>
    public void Tell(Happening happening, string kind, Guid of, string subject, string code, IReadOnlyList<Change>? changes = null) => journal.Record(new Event(visitor.Organisation.Id, happening.Code, kind, of,
        new EventDetails { Subject = Languages.InFrench(() => $"{subject} · {SheetValues.Label("ControlCode", code)}"), Changes = changes is { Count: > 0 } ? changes : null }));

    public IReadOnlyList<Change> Changes(AttestationForm form, string code, string parameters) => Languages.InFrench<IReadOnlyList<Change>>(() =>
        [.. ControlParameters.Read(code, parameters, key => t.Get(key)).Select(one => new Change(one.LabelKey, null, one.Text)), .. PostedPart.Changes(new AttestationForm(), form, t)]);
}
