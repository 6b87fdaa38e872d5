using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Documents;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;
using Registry.Mail;

namespace Registry.Features.Documents;

/// <summary>Somebody in office here who may read the document.</summary>
public sealed record DocumentReader
{
    public required Guid PersonId { get; init; }
    public required string Name { get; init; }
    public required string[] Kinds { get; init; }
}

/// <summary>Somebody who was told of a document by mail.</summary>
public sealed record DocumentNotice
{
    public required string PersonName { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public required string SentBy { get; init; }
}

public enum NoticeOutcome { Sent, NoAccount, NotAReader }

/// <summary>Tells people with an account of an issued document: the mail carries its number and a link, never its text (S-18).</summary>
public sealed class DocumentNotices(Db db, Visitor visitor, Recipients recipients, PublicAddress address, Journal journal, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<DocumentNotice>> ListAsync(Guid document)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<DocumentNotice>(
            "select person_name, sent_at, sent_by from document_notice where organisation_id = @Organisation and document_id = @document order by sent_at desc limit 200", new { Organisation, document })).AsList();
    }

    /// <summary>Whoever is in office here today, the officer of the area too, and may read that kind of document.</summary>
    public async Task<IReadOnlyList<DocumentReader>> ReadersAsync(DocumentTemplate template)
    {
        var connection = await db.OpenAsync();
        var people = await connection.QueryAsync<DocumentReader>(
            """
            select p.id as person_id, p.first_name || ' ' || p.last_name as name, array_agg(distinct a.kind) as kinds
              from appointment a
              join person p on p.id = a.person_id
             where @today between a.start_on and coalesce(a.end_on, 'infinity')
               and (a.organisation_id = @Organisation and a.area_id is null or a.kind = 'DPO' and a.area_id in (select m.area_id from mutualisation m where m.organisation_id = @Organisation and @today between m.from_on and coalesce(m.to_on, 'infinity')))
             group by p.id, p.first_name, p.last_name
             order by p.last_name collate "fr-x-icu", p.first_name, p.id
             limit 500
            """,
            new { Organisation, today = visitor.Organisation.Today(clock) });
        return [.. people.Where(person => person.PersonId != visitor.PersonId && person.Kinds.Select(Roles.Of).Any(role => Rights.Allows(template.Reader.Function, template.Reader.Right, role) && !(template.Sealed && role == Role.Auditor)))];
    }

    public async Task<NoticeOutcome> SendAsync(Guid id, IssuedDocument document, DocumentTemplate template, Guid person)
    {
        if ((await ReadersAsync(template)).FirstOrDefault(one => one.PersonId == person) is not { } reader) return NoticeOutcome.NotAReader;
        if (await recipients.FindAsync(person) is not { MayBeWrittenTo: true } to) return NoticeOutcome.NoAccount;
        var (connection, now) = (await db.OpenAsync(), clock.GetUtcNow());
        var isNew = await connection.ExecuteAsync(
            """
            insert into document_notice (organisation_id, id, document_id, person_id, person_name, sent_at, sent_by) values (@Organisation, @id, @document, @person, @Name, @now, @by)
            on conflict do nothing
            """,
            new { Organisation, id, document = document.Id, person, reader.Name, now, by = visitor.Name }) == 1;
        if (!isNew) return NoticeOutcome.Sent;
        var link = address.Of($"o/{visitor.Organisation.Slug}/documents/emis/{document.Id}");
        var (subject, body) = Languages.InFrench(() => ($"Registre : document {document.Reference}",
            $"Bonjour,\n\n{visitor.Name} vous signale un document émis par {visitor.Organisation.Name} : {document.Reference}.\n\nIl se lit ici, après connexion :\n{link}\n\nCe message est envoyé par le registre des traitements. N’y répondez pas."));
        await new OutgoingMail(Organisation, to.Email, subject, body).PostAsync(connection, now);
        journal.Record(new Event(Organisation, Actions.DocumentSent.Code, document.About, document.Id, new EventDetails { Subject = $"{document.Reference} · {reader.Name}" }));
        return NoticeOutcome.Sent;
    }
}
