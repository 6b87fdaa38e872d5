using System.Text.Json;
using Registry.Access;
using Registry.Data;
using Registry.Features.Conventions;
using Registry.Features.Responsibilities;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Demo;

/// <summary>
/// The four conventions with a believable life: one whose maximum has passed and whose data was just returned, one that is about to be renewed, one whose
/// evaluation waits, one in its last weeks. A single beneficiary keeps its own contract; the model for many communes is kept by its provider.
/// </summary>
internal static class DemoConventions
{
    public static async Task AddAsync(Database database, Chain chain, IReadOnlyList<DemoBody> bodies)
    {
        using var stream = typeof(DemoConventions).Assembly.GetManifestResourceStream("facts/conventions.json")!;
        using var document = await JsonDocument.ParseAsync(stream);
        foreach (var seed in document.RootElement.GetProperty("conventions").EnumerateArray())
        {
            var sheet = SeedConvention.Read(seed);
            foreach (var party in sheet.Parties.Parties) party.OrganisationId = BodyOf(party, bodies)?.Organisation.Id.ToString();
            var many = sheet.Parties.Parties.Count > 2;
            var keeper = BodyOf(sheet.Parties.Parties[many ? 0 : 1], bodies)!;
            await new Life(database, chain, keeper, sheet).LeadAsync(seed.GetProperty("code").GetString()!, SeedConvention.EffectiveOn(seed));
        }
    }

    private static DemoBody? BodyOf(PartyRow party, IReadOnlyList<DemoBody> bodies) => bodies.FirstOrDefault(body =>
        (party.InseeCode is not null && body.Organisation.InseeCode == party.InseeCode) || (party.InseeCode is null && party.Siren is not null && body.Organisation.Siren == party.Siren)
        || body.Organisation.Name == party.Name || (party.ShortName is not null && body.Organisation.ShortName == party.ShortName));

    private sealed class Life(Database database, Chain chain, DemoBody keeper, ConventionSheet sheet)
    {
        private const int DaysKept = 300;
        private readonly Guid _id = Guid.CreateVersion7();
        private string _reference = "";

        public async Task LeadAsync(string code, DateOnly effect)
        {
            var today = DateOnly.FromDateTime(DateTime.UtcNow);
            // Written down ten months ago, or on the day of its signature when that came later.
            var written = TimeSpan.FromDays(Math.Clamp(today.DayNumber - effect.DayNumber, 1, DaysKept));
            await ActAsync(written, "DPO", async at =>
            {
                var (number, _) = await at.Store.AddAsync(_id, sheet, at.Today);
                _reference = Convention.ReferenceOf(number);
                at.Desk.Tell(Actions.ConventionAdded, (await at.Store.FindAsync(_reference))!);
            });
            await DoAsync(written, "deliberer", effect);
            await DoAsync(written, "signer", effect, "Exemplaire signé, armoire du secrétariat");
            switch (code)
            {
                case "PLOUZANE_BMO_2013":
                    await DoAsync(TimeSpan.FromDays(60), "reversibilite", today.AddDays(-60));
                    await DoAsync(TimeSpan.FromDays(18), "restituer", today.AddDays(-18), "Procès-verbal de restitution signé des deux parties");
                    break;
                case "DRUELLE_SMICA_2024":
                    await ProveAsync(TimeSpan.FromDays(12), ("SMI-02", today.AddDays(-12), today.AddDays(-1), "Rapport de sauvegarde d’octobre"), ("SMI-03", today.AddDays(-12), null, "Test de restauration, procès-verbal n° 41"), ("SMI-05", today.AddDays(-200), today.AddDays(20), "Attestation d’assurance de l’année"));
                    break;
                case "PAU_POLE_2022":
                    await MatrixAsync();
                    await PriceAsync(today);
                    await ProveAsync(TimeSpan.FromDays(25), ("PAU-22", today.AddDays(-120), null, "Extraction des habilitations"), ("PAU-21", today.AddDays(-25), today.AddDays(2), "Contrôles quotidiens du mois"), ("PAU-29", today.AddDays(-150), today.AddDays(210), "Attestation d’assurance"), ("PAU-23", today.AddDays(-165), null, "Compte rendu du comité de pilotage"), ("PAU-24", today.AddDays(-60), null, "Compte rendu du comité technique"), ("PAU-25", today.AddDays(-22), null, "Compte rendu du point mensuel"), ("PAU-18", today.AddDays(-200), null, "Rapport d’audit du système d’information"));
                    await MeetAsync(
                        new() { Kind = "STEERING_COMMITTEE", PlannedOn = today.AddDays(-165), HeldOn = today.AddDays(-165), Agenda = "Bilan annuel, arbitrages de l’année suivante", Attendees = "Vice-présidence au numérique, direction du Pôle", Decisions = "Préparer la fin de la convention avant l’automne.", Minutes = "Compte rendu du comité", MinutesSentOn = today.AddDays(-150) },
                        new() { Kind = "TECHNICAL_COMMITTEE", PlannedOn = today.AddDays(-60), HeldOn = today.AddDays(-60), Agenda = "Niveau de service, indicateurs", Decisions = "Mesurer le délai d’intervention." },
                        new() { Kind = "TECHNICAL_COMMITTEE", PlannedOn = today.AddDays(16), Agenda = "Réversibilité des moyens" },
                        new() { Kind = "MONTHLY_PROGRESS", PlannedOn = today.AddDays(-22), HeldOn = today.AddDays(-22), Decisions = "Aucune alerte." });
                    break;
                default:
                    await ProveAsync(TimeSpan.FromDays(20), ("CAC-10", today.AddDays(-20), today.AddDays(-10), "État mensuel validé"), ("CAC-18", today.AddDays(-50), null, "Compte rendu du trimestre"), ("CAC-05", today.AddDays(-200), null, "Désignations des correspondants"));
                    await MeetAsync(new MeetingForm { Kind = "QUARTERLY_FOLLOW_UP", PlannedOn = today.AddDays(-50), HeldOn = today.AddDays(-50), Agenda = "Ce qui a été fait, les projets, les évolutions", Minutes = "Compte rendu du trimestre", MinutesSentOn = today.AddDays(-41) });
                    break;
            }
        }

        private Task DoAsync(TimeSpan before, string slug, DateOnly day, string? document = null) => ActAsync(before, "CONTROLLER_REP", async at =>
        {
            var convention = (await at.Store.FindAsync(_reference))!;
            var act = ConventionStates.Find(convention.State, slug) ?? throw new InvalidOperationException($"{_reference} is {convention.Status}: nobody can {slug}.");
            var form = new ActForm { Day = day, Document = document };
            var after = ConventionGuards.Judge(act, form, convention, sheet, at.Today).After ?? throw new InvalidOperationException($"{_reference} cannot {slug}.");
            await at.Store.MoveAsync(convention, after);
            await at.Life.AddEventAsync(convention, new(act.EventKind, day, document, null));
            at.Desk.Tell(act.Happening, convention, $"{_reference} · {Dates.Full(day)}");
            await at.Desk.SettleAsync(after with { Version = after.Version + 1 }, sheet);
        });

        private Task ProveAsync(TimeSpan before, params (string Code, DateOnly On, DateOnly? Until, string Document)[] proofs) => ActAsync(before, "CORRESPONDENT", async at =>
        {
            var convention = (await at.Store.FindAsync(_reference))!;
            foreach (var (code, on, until, document) in proofs)
            {
                await at.Life.AddProofAsync(convention, Guid.CreateVersion7(), code, on, until, document, null);
                at.Desk.Tell(Actions.ObligationProved, convention, $"{_reference} · {code} · {document}");
            }
            await at.Desk.SettleAsync(convention, sheet);
        });

        private Task MeetAsync(params MeetingForm[] forms) => ActAsync(TimeSpan.FromDays(20), "DPO", async at =>
        {
            var convention = (await at.Store.FindAsync(_reference))!;
            foreach (var form in forms)
            {
                await at.Life.AddMeetingAsync(convention, Guid.CreateVersion7(), form, form.Status);
                at.Desk.Tell(Actions.MeetingPlanned, convention);
            }
            await at.Desk.SettleAsync(convention, sheet);
        });

        /// <summary>The first example of the text: its indices are invented there too.</summary>
        private Task PriceAsync(DateOnly today) => ActAsync(TimeSpan.FromDays(150), "DPO", async at =>
        {
            var convention = (await at.Store.FindAsync(_reference))!;
            var (terms, example) = (ConventionTerms.Prices(sheet)!, sheet.Revision.Examples[0]);
            var price = PriceRevision.Compute(terms, new PriceIndices(Amounts.Read(example.Syntec0)!.Value, Amounts.Read(example.SyntecMarch)!.Value));
            await at.Life.AddPriceAsync(convention, new ConventionPrice
            {
                Id = Guid.CreateVersion7(), Year = today.Year, P0 = terms.P0, FixedPart = terms.FixedPart, IndexedPart = terms.IndexedPart, Mode = "RATIO_ONLY", Syntec0 = price.Indices.Syntec0, March = price.Indices.March,
                Savings = 0, Price = price.Price, AppliesFrom = new DateOnly(today.Year, 6, 1), RecordedBy = DemoPeople.Officer.Name,
            });
            at.Desk.Tell(Actions.PriceRevised, convention, $"{_reference} · {today.Year} · {Amounts.Euros(price.Price)}");
            await at.Desk.SettleAsync(convention, sheet);
        });

        /// <summary>The annex of the data file, as the parties signed it: issued by the representative.</summary>
        private async Task MatrixAsync()
        {
            var parties = MatrixParty.Of(sheet.Parties);
            var matrix = MatrixModel.For(parties);
            await ActAsync(TimeSpan.FromDays(200), "DPO", async at =>
            {
                var convention = (await at.Store.FindAsync(_reference))!;
                await at.Matrices.AddAsync(convention, matrix);
                at.Desk.Tell(Actions.MatrixStarted, convention, $"{_reference} · {matrix.Title}");
            });
            await ActAsync(TimeSpan.FromDays(190), "CONTROLLER_REP", async at =>
            {
                var convention = (await at.Store.FindAsync(_reference))!;
                var number = await at.Matrices.IssueAsync(convention, new([.. parties], matrix), "Annexe 1E de la convention");
                at.Desk.Tell(Actions.MatrixIssued, convention, $"{_reference}, version {number}", "Annexe 1E de la convention");
            });
        }

        private sealed record At(ConventionStore Store, ConventionLifeStore Life, ConventionDesk Desk, MatrixStore Matrices, DateOnly Today);

        private async Task ActAsync(TimeSpan before, string role, Func<At, Task> act)
        {
            var clock = new DemoClock(before);
            await using var db = new Db(database, TimeProvider.System);
            db.ActFor(Scope.ForOrganisation(keeper.Organisation.Id));
            var visitor = new Visitor();
            visitor.Is(Guid.Empty, role == "DPO" ? DemoPeople.Officer.Name : role == "CORRESPONDENT" ? "Le correspondant" : "La représentation légale");
            visitor.StandsIn(keeper.Current);
            var journal = new Journal(db, chain, clock) { Actor = visitor.Name, Role = role, RequestId = "demo" };
            var (store, life) = (new ConventionStore(db, visitor, clock), new ConventionLifeStore(db, visitor, clock));
            await act(new At(store, life, new ConventionDesk(store, life, new ConventionCourse(store, life, journal), visitor, journal, clock), new MatrixStore(db, visitor, clock), keeper.Current.Today(clock)));
            await db.CommitAsync();
        }
    }
}
