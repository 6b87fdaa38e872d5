using Registry.Features.Records;

namespace Registry.Features.Models;

/// <summary>Which parts of the sheet a model has something to say in: who works for a body is the body's own.</summary>
public static class ModelSections
{
    public static bool Holds(SheetSection section) => section.Key != "sous-traitants";
}
