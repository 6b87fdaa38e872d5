using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProcessorActivities;

/// <summary>What the two forms of a line have in common: the controllers to choose from, and who must be named.</summary>
internal static class PostedActivity
{
    public static IReadOnlyList<FormField> Describe(ProcessorActivityForm form, IReadOnlyList<Option> controllers) =>
        new SheetForm(new Sheet()) { MarksOptional = true, Choices = new Dictionary<string, IReadOnlyList<Option>> { [nameof(ProcessorActivityForm.ControllerOrganisation)] = controllers } }.Describe(form)
            // Nobody within reach: then there is nothing to choose.
            .Where(field => field.List != nameof(ProcessorActivityForm.ControllerOrganisation) || controllers.Count > 0).ToList();

    public static bool Accept(ProcessorActivityForm form, IReadOnlyList<Option> controllers, ModelStateDictionary errors)
    {
        if (form.ControllerOrganisation is { Length: > 0 } chosen)
        {
            if (controllers.FirstOrDefault(option => option.Value == chosen) is { } controller) form.ControllerName = controller.Label;
            else errors.AddModelError("Form.ControllerOrganisation", "Choisissez une valeur de la liste.");
        }
        else if (string.IsNullOrEmpty(form.ControllerName)) errors.AddModelError("Form.ControllerName", "Dites pour qui vous travaillez.");
        if (form.Categories.Count == 0) errors.AddModelError("Form.Categories", "Ajoutez au moins une catégorie de traitements.");
        return PostedPart.KeepErrors(errors);
    }

    /// <summary>The name of the controller says who it is; the id would say nothing to a reader.</summary>
    public static IReadOnlyList<Change> Changes(ProcessorActivityForm older, ProcessorActivityForm newer, IStringLocalizer t) =>
        [.. PostedPart.Changes(older, newer, t).Where(change => change.Field != ControllerField)];

    /// <summary>The fields as they are read: the controller by its name alone.</summary>
    public static IReadOnlyList<ReadField> Read(ProcessorActivity activity, IStringLocalizer t) =>
        [.. new SheetReader(t, new Sheet()).Read(activity.Read()).Where(field => field.Label != t.Get(ControllerField))];

    private const string ControllerField = "Responsable de traitement, dans le registre";
}
