using Registry.Access;
using Registry.Data;
using Registry.Features.Controls;
using Registry.Features.Conventions;
using Registry.Features.Engagements;
using Registry.Features.Records;
using Registry.History;

namespace Registry.Demo;

/// <summary>
/// What communes know of their processors: an office suite whose further processors were announced (one accepted by silence, one refused, one to be answered now),
/// a supplier whose contract covers little, controls attested of applications and of the hosting convention, a correction in time and one that is late.
/// </summary>
internal static class DemoEngagements
{
    public static async Task AddAsync(Database database, Chain chain, DemoBody body, IReadOnlyDictionary<string, Guid> things)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        // The same dates everywhere would fill the officer's day with one line: only one commune has much to do.
        var busy = body.Organisation.InseeCode == "12090";
        var (suite, supplier) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await ActAsync(database, chain, body, TimeSpan.FromDays(120), "CORRESPONDENT", async at =>
        {
            await at.Engagements.AddAsync(suite, new()
            {
                Terms = new()
                {
                    Processor = "Bureautique Europe", Service = "Messagerie et bureautique en ligne", ContractReference = "Conditions signées 2024-11", StartOn = new(2024, 11, 1), ExpiresOn = today.AddDays(busy ? 75 : 700), Authorisation = "GENERAL",
                    Instructions = "Annexe « traitement des données »", Guarantees = [new() { Name = "ISO 27001", EndsOn = today.AddDays(busy ? 21 : 400), Evidence = "Certificat de l’éditeur" }],
                    Transfers = [new() { Country = "US", Mechanism = "SCC", Note = "assistance de nuit" }],
                },
                Article28 = new()
                {
                    Items =
                    [
                        new() { Item = "SUBJECT", Status = "COVERED", Clause = "annexe 1" }, new() { Item = "DOCUMENTED_INSTRUCTIONS", Status = "COVERED", Clause = "§ 2" }, new() { Item = "STAFF_CONFIDENTIALITY", Status = "COVERED", Clause = "§ 3" },
                        new() { Item = "SECURITY", Status = "COVERED", Clause = "annexe 2" }, new() { Item = "PRIOR_AUTHORISATION", Status = "COVERED", Clause = "§ 6" }, new() { Item = "SUBPROCESSOR_FLOWDOWN", Status = "COVERED", Clause = "§ 6" },
                        new() { Item = "RIGHTS_ASSISTANCE", Status = "PARTIAL", Clause = "§ 7", Note = "sans délai" }, new() { Item = "ASSISTANCE_32_36", Status = "PARTIAL", Clause = "§ 7" }, new() { Item = "BREACH_ALERT", Status = "COVERED", Clause = "§ 8" },
                        new() { Item = "DELETION_RETURN", Status = "COVERED", Clause = "§ 10" }, new() { Item = "AUDIT", Status = "PARTIAL", Clause = "§ 9", Note = "rapports de tiers seulement" }, new() { Item = "UNLAWFUL_INSTRUCTION", Status = "COVERED", Clause = "§ 2" },
                        new() { Item = "PROCESSOR_RECORD", Status = "MISSING", Note = "absent" },
                    ],
                },
            }, things["Bureautique Europe"], null, null);
            at.Tell(Actions.EngagementAdded, Engagement.ObjectType, suite, "Bureautique Europe · Messagerie et bureautique en ligne");
            await at.Engagements.AddAsync(supplier, new()
            {
                Terms = new() { Processor = "Progiciels du Ponant", Service = "Maintenance de la paie et des finances", ContractReference = "marché 2024-07", StartOn = new(2024, 7, 1), ExpiresOn = new(2028, 6, 30), Authorisation = "SPECIFIC" },
                Article28 = new() { Items = [new() { Item = "SUBJECT", Status = "PARTIAL", Clause = "CCTP 2" }, new() { Item = "STAFF_CONFIDENTIALITY", Status = "COVERED", Clause = "CCAP 5" }, new() { Item = "SECURITY", Status = "PARTIAL", Clause = "CCTP 6" }, new() { Item = "BREACH_ALERT", Status = "MISSING" }, new() { Item = "DELETION_RETURN", Status = "MISSING" }, new() { Item = "AUDIT", Status = "MISSING" }] },
            }, things["Progiciels du Ponant"], null, null);
            at.Tell(Actions.EngagementAdded, Engagement.ObjectType, supplier, "Progiciels du Ponant · Maintenance de la paie et des finances");
            // What ended at Plouzané is no recourse any more; elsewhere the convention that binds the commune is the text.
            if (body.Organisation.InseeCode == "29212" || (await at.Engagements.ChoicesAsync()).Texts is not [var text, ..]) return;
            var (provider, hosting) = (body.Provider!.Organisation.Name, Guid.CreateVersion7());
            await at.Engagements.AddAsync(hosting, new() { Terms = new() { Processor = provider, Service = "Hébergement, sauvegarde et assistance", StartOn = new(2024, 7, 1), Authorisation = "GENERAL" } }, things[provider], text, null);
            at.Tell(Actions.EngagementAdded, Engagement.ObjectType, hosting, $"{provider} · Hébergement, sauvegarde et assistance");
        });
        var (old, refused) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await ActAsync(database, chain, body, TimeSpan.FromDays(90), "CORRESPONDENT", async at =>
        {
            await AnnounceAsync(at, suite, old, null, new() { Name = "Centres de données d’Irlande", Service = "Hébergement", Country = "IE", AnnouncedOn = today.AddDays(-90), Mode = "GENERAL", FlowDownProof = "Contrat-cadre 2024" });
            if (busy) await AnnounceAsync(at, suite, refused, null, new() { Name = "Traduction automatique SA", Service = "Traduction des messages", Country = "US", Mechanism = "SCC", AnnouncedOn = today.AddDays(-88), Mode = "GENERAL" });
        });
        if (busy) await ActAsync(database, chain, body, TimeSpan.FromDays(70), "CONTROLLER_REP", async at =>
        {
            await at.SubProcessors.DecideAsync((await at.SubProcessors.FindAsync(refused))!, SubProcessorDecision.Objected, at.Name, tacit: false, "Le contenu des messages sortirait de l’Union sans besoin pour le service.");
            at.Tell(Actions.SubProcessorObjected, Engagement.ObjectType, suite, "Bureautique Europe · Traduction automatique SA");
        });
        await ActAsync(database, chain, body, TimeSpan.FromDays(59), SubProcessorStates.System, async at =>
        {
            await at.SubProcessors.DecideAsync((await at.SubProcessors.FindAsync(old))!, SubProcessorDecision.Accepted, "Automate", tacit: true, null);
            at.Tell(Actions.SubProcessorUnopposed, Engagement.ObjectType, suite, "Centres de données d’Irlande");
        });
        await ActAsync(database, chain, body, TimeSpan.FromDays(24), "CORRESPONDENT", async at =>
        {
            if (busy) await AnnounceAsync(at, suite, Guid.CreateVersion7(), old, new() { Name = "Assistance Atlantique", Under = "Centres de données d’Irlande", Service = "Support de premier niveau", Country = "MA", Mechanism = "SCC", AnnouncedOn = today.AddDays(-24), Mode = "GENERAL" });
            await AttestAsync(at, null, things["Paie et finances"], "RESTORE_TEST", """{"period":"P1M"}""", new() { Status = "ATTESTED", AttestedBy = "Service informatique", AttestedOn = today.AddDays(-24), ValidUntil = today.AddDays(busy ? 12 : 300), Evidence = "Procès-verbal de restauration n° 7" });
            await AttestAsync(at, null, things["Paie et finances"], "DATACENTRE_TIER", """{"tier":"III","country":"FR"}""", new() { Status = "IN_PLACE", AttestedBy = "Progiciels du Ponant", AttestedOn = today.AddDays(-200), ValidUntil = today.AddDays(160), Evidence = "Attestation de l’hébergeur" });
            foreach (var (label, published, applied) in new[] { ("Version 8.4.2", -70, busy ? (int?)null : -40), ("Version 8.4.1", -120, -95) })
            {
                await at.Controls.AddPatchAsync(Guid.CreateVersion7(), things["Paie et finances"], new() { Label = label, PublishedOn = today.AddDays(published), AppliedOn = applied is { } days ? today.AddDays(days) : null });
                at.Tell(Actions.PatchRecorded, KnownThings.System, things["Paie et finances"], $"Paie et finances · {label}");
            }
            // The hosting convention promises these; the others of its text nobody has attested yet.
            if (await at.Conventions.FindAsync("C-001") is { } convention && convention.Read().Security.Controls.Exists(row => row.Code == "BACKUP_TIERS"))
            {
                await AttestAsync(at, convention, null, "BACKUP_TIERS", """{"daily":"P7D","weekly":"P1M","monthly":"P6M"}""", new() { Status = "ATTESTED", AttestedBy = "Exploitation du syndicat", AttestedOn = today.AddDays(-30), ValidUntil = today.AddDays(150), Evidence = "Rapport de sauvegarde d’octobre" });
                await AttestAsync(at, convention, null, "PATCH_DELAY", """{"days":60}""", new() { Status = "PARTIAL", AttestedBy = "Exploitation du syndicat", AttestedOn = today.AddDays(-100), ValidUntil = today.AddDays(-10), Evidence = "Tableau de suivi", Note = "Deux serveurs dépassent le délai." });
            }
        });
    }

    private static async Task AnnounceAsync(Desk at, Guid engagement, Guid id, Guid? parent, SubProcessorForm form)
    {
        await at.SubProcessors.AddAsync(id, engagement, parent, form);
        at.Tell(Actions.SubProcessorAnnounced, Engagement.ObjectType, engagement, $"Bureautique Europe · {form.Name}");
    }

    private static async Task AttestAsync(Desk at, Convention? convention, Guid? system, string code, string parameters, AttestationForm form)
    {
        await at.Controls.AddAsync(Guid.CreateVersion7(), convention, system, code, parameters, form);
        at.Tell(Actions.ControlAttested, convention is null ? KnownThings.System : Convention.ObjectType, convention?.Id ?? system!.Value, $"{convention?.Reference ?? "Paie et finances"} · {SheetValues.Label("ControlCode", code)}");
    }

    private sealed record Desk(string Name, Guid Organisation, EngagementStore Engagements, SubProcessorStore SubProcessors, ControlStore Controls, ConventionStore Conventions, Journal Journal)
    {
        public void Tell(Happening happening, string kind, Guid of, string subject) => Journal.Record(new Event(Organisation, happening.Code, kind, of, new EventDetails { Subject = subject }));
    }

    private static async Task ActAsync(Database database, Chain chain, DemoBody body, TimeSpan before, string role, Func<Desk, Task> act)
    {
        var clock = new DemoClock(before);
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, role switch { "CONTROLLER_REP" => "Le maire", "SYSTEM" => "Automate", _ => "Le correspondant" });
        visitor.StandsIn(body.Current);
        var journal = new Journal(db, chain, clock) { Actor = visitor.Name, Role = role, RequestId = "demo" };
        await act(new(visitor.Name, body.Organisation.Id, new(db, visitor, clock), new(db, visitor, clock), new(db, visitor, clock), new(db, visitor, clock), journal));
        await db.CommitAsync();
    }
}
