namespace Registry.Features.Shared;

/// <summary>The link from an object to what can be printed of it.</summary>
public sealed record DocumentsLink(string Organisation, string Subject, string Reference)
{
    public string Href => $"/o/{Organisation}/documents?sur={Subject}&objet={Uri.EscapeDataString(Reference)}";
}
