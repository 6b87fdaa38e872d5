using System.Security.Cryptography;
using System.Text;
using Registry.Access;
using Registry.Documents;
using Registry.History;

namespace Registry.Features.Documents;

/// <summary>Which text a document has here.</summary>
/// <param name="Own">The newest version of this body's own text.</param>
/// <param name="Area">The newest of those that hold for all bodies of the officer.</param>
public sealed record TemplateStanding(DocumentTemplate Shipped, TemplateText? Own, TemplateText? Area)
{
    /// <summary>The text that fills the next document; null when it is the shipped one.</summary>
    public TemplateText? InForce => Own?.Body is not null ? Own : Area?.Body is not null ? Area : null;

    /// <summary>The program ships another text than the one that was rewritten.</summary>
    public bool ShippedMoved => InForce is { } text && text.ShippedBody != Shipped.Body;

    public TemplateText? Of(string scope) => scope == TemplateText.OfArea ? Area : Own;

    /// <summary>What a text of that reach would replace.</summary>
    public string Below(string scope) => scope == TemplateText.OfBody && Area?.Body is { } area ? area : Shipped.Body;

    public string Current(string scope) => Of(scope)?.Body ?? Below(scope);
}

/// <summary>The officer's own texts of documents: read, tried and kept with their line in the history (F30).</summary>
public sealed class TemplateDesk(DocumentTemplates templates, TemplateTextStore store, Visitor visitor, Journal journal)
{
    /// <summary>The operator ships texts with the program; the words of a body are its officer's.</summary>
    public bool MayWrite => visitor.Grants.Any(grant => grant.Role == Role.Dpo);

    public Task<bool> KeepsAreaAsync() => store.KeepsAreaAsync();

    public async Task<IReadOnlyList<TemplateStanding>> ListAsync()
    {
        var texts = (await store.NewestAsync()).ToLookup(text => text.Code);
        return [.. templates.All.OrderBy(template => template.Title, StringComparer.Ordinal).Select(template => Standing(template, [.. texts[template.Code]]))];
    }

    public async Task<TemplateStanding?> FindAsync(string code) => templates.Find(code) is { } template ? Standing(template, await store.NewestAsync(code)) : null;

    public Task<IReadOnlyList<TemplateText>> VersionsAsync(string code, string scope) => store.VersionsAsync(code, scope);

    /// <summary>False when somebody wrote another version meanwhile. A text of null takes up what stands below again.</summary>
    public async Task<bool> KeepAsync(TemplateStanding standing, string scope, Guid id, int basedOn, string? body, string? note)
    {
        if (await store.AddAsync(id, standing.Shipped.Code, scope, basedOn, body, standing.Shipped.Body, note) is not var (number, isNew)) return false;
        if (!isNew) return true;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body ?? standing.Shipped.Body)));
        journal.Role = Role.Dpo.Code();
        journal.Record(new Event(visitor.Organisation.Id, (body is null ? Actions.TemplateRestored : Actions.TemplateWritten).Code, TemplateText.ObjectType, id,
            new EventDetails { Subject = EventDetails.WithFingerprint($"{standing.Shipped.Title} · {(scope == TemplateText.OfArea ? "tous les organismes du délégué" : "cet organisme")} · version {number}", sha256), Reason = note }));
        return true;
    }

    private TemplateStanding Standing(DocumentTemplate template, IReadOnlyList<TemplateText> texts) => new(template,
        texts.FirstOrDefault(text => text.Scope == TemplateText.OfBody && text.OrganisationId == visitor.Organisation.Id),
        // The same order as the statement that fills documents: the body's own library before that of another officer.
        texts.Where(text => text.Scope == TemplateText.OfArea).OrderByDescending(text => text.Body is not null).ThenByDescending(text => text.OrganisationId == visitor.Organisation.Id).ThenByDescending(text => text.WrittenAt).FirstOrDefault());
}
