using Registry.Access;
using Registry.Data;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A convention that a town keeps, in force for a year and a half.</summary>
public static class TownConvention
{
    public static readonly DateOnly Effect = new(2025, 3, 1);

    /// <summary>A text that says enough to be signed.</summary>
    public static ConventionSheet Sheet(Town town, string title, Guid? provider = null, string providerName = "Syndicat de test") => new()
    {
        Subject = new() { Title = title, Kinds = ["HOSTING"] },
        Parties = new()
        {
            Parties =
            [
                new() { Name = providerName, Role = "PROVIDER", GdprRole = "PROCESSOR", SignatoryFunction = "Président", OrganisationId = provider?.ToString() },
                new() { Name = town.Name, Role = "BENEFICIARY", GdprRole = "CONTROLLER", SignatoryFunction = "Maire", OrganisationId = town.Id.ToString(), DeliberationNumber = "2025-01", DeliberationOn = new(2025, 1, 20) },
            ],
        },
        Duration = new() { EffectBasis = "FIXED_DATE", EffectiveOn = Effect, FirmMonths = 12, TacitRenewal = true, RenewalMonths = 12 },
        Termination = new() { Clauses = [new() { Initiator = "ANY", Trigger = "NON_RENEWAL", Mode = "END_OF_PERIOD", NoticeMonths = 2, Form = "REGISTERED_LETTER_AR", ReckonedFrom = "SENDING", OutsideWindowEffect = "nulle et non avenue", Clause = "art. 7" }] },
        Reversibility = new() { ReturnOfData = true, MinutesRequired = true, Destruction = true, DestructionProof = true, ProofMonths = 1 },
        Prices = new() { Tariffs = [new() { Code = "UNIT", Label = "Agent équipé", Unit = "agent/an", Amount = "1050.00" }] },
        Revision = new() { P0 = "1050.00", FixedPart = "0.125", IndexedPart = "0.875", Mode = "RATIO_ONLY", RevisionMonth = "6", Units = "18" },
        Indicators = new() { Indicators = [new() { Code = "A.1a", Engagement = "Disponibilité du réseau", Indicator = "Taux de disponibilité du réseau", TargetText = "99,5 %", Target = "99.5%" }, new() { Code = "G.4", Indicator = "Heures d’ouverture", TargetText = "8 h – 18 h", Target = "MON-FRI 08:00-18:00" }] },
        Governance = new() { Escalation = ["DINSI", "DGA", "DGS"], Bodies = [new() { Kind = "ANNUAL_MEETING", Name = "Réunion annuelle", MinPerYear = 1 }], EvaluationMonths = 6 },
        Obligations = new() { Obligations = [new() { Code = "OBL-1", Debtor = "BOTH", Text = "Tester la restauration", Category = "BACKUP", Periodicity = "P1M", ExpectedEvidence = "RESTORE_TEST_REPORT" }, new() { Code = "OBL-2", Debtor = "PROVIDER", Text = "Présenter l’assurance", Category = "INSURANCE", Periodicity = "P1Y" }] },
    };

    /// <param name="status">How far its life has come: DRAFT, or IN_FORCE.</param>
    public static Task<(string Reference, Guid Id, Guid Meeting)> AddAsync(RegistryFixture registry, Town town, string title, Guid? provider = null, string status = "IN_FORCE", Action<ConventionSheet>? change = null) =>
        registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var sheet = Sheet(town, title, provider);
            change?.Invoke(sheet);
            var visitor = PublishedRecords.Visitor(town);
            var (store, life) = (new ConventionStore(db, visitor, TimeProvider.System), new ConventionLifeStore(db, visitor, TimeProvider.System));
            var (id, meeting) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var (number, _) = await store.AddAsync(id, sheet, Effect);
            var reference = Convention.ReferenceOf(number);
            var convention = (await store.FindAsync(reference))!;
            await life.AddMeetingAsync(convention, meeting, new MeetingForm { Kind = "ANNUAL_MEETING", PlannedOn = new(2025, 11, 3), HeldOn = new(2025, 11, 3) }, "HELD");
            journal.Record(new Event(town.Id, "TEST", Convention.ObjectType, id, new EventDetails { Subject = title }));
            if (status == "IN_FORCE")
            {
                await store.MoveAsync(convention, convention with { Status = "SIGNED", SignedOn = Effect });
                convention = (await store.FindAsync(reference))!;
            }
            await new ConventionCourse(store, life, journal).SettleAsync(convention, sheet, town.Organisation.Today(TimeProvider.System));
            return (reference, id, meeting);
        });
}
