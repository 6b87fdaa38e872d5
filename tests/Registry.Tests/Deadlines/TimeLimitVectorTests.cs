using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Deadlines.Vectors;

namespace Registry.Tests.Deadlines;

/// <summary>Deadlines computed apart from this code, and what the verb says of a file that holds some.</summary>
public sealed class TimeLimitVectorTests
{
    private static readonly Dictionary<string, VectorResult> Results =
        VectorFile.Check(TimeLimitVectors.Root.GetRawText()).ToDictionary(result => result.Id);

    public static TheoryData<string> Ids => [.. TimeLimitVectors.Where(_ => true).Select(vector => vector.GetProperty("id").GetString()!)];

    [Theory, MemberData(nameof(Ids))]
    public void The_registry_computes_what_the_vector_expects(string id) => Assert.Empty(Results[id].Faults);

    [Fact]
    public void Every_vector_of_the_file_is_tried() => Assert.Equal(71, Ids.Count);

    /// <summary>The comparison is worth nothing when it cannot fail: each expected value is changed in turn.</summary>
    [Fact]
    public void Any_expected_value_that_is_changed_is_found()
    {
        foreach (var vector in TimeLimitVectors.Where(_ => true))
            foreach (var field in vector.GetProperty("expected").EnumerateObject())
            {
                var changed = JsonNode.Parse(vector.GetRawText())!;
                changed["expected"]![field.Name] = field.Value.ValueKind switch
                {
                    JsonValueKind.Null => "2026-01-01",
                    JsonValueKind.True => false,
                    JsonValueKind.False => true,
                    JsonValueKind.Number => field.Value.GetInt32() + 1,
                    _ => field.Value.GetString()!.Contains('T', StringComparison.Ordinal)
                        ? field.Value.GetString()!.Replace(":", ":1", StringComparison.Ordinal)[..^3] : field.Value.GetString() + "1",
                };
                var fault = Assert.Single(Check(changed).Faults);
                Assert.StartsWith($"{field.Name}: expected ", fault, StringComparison.Ordinal);
            }
    }

    [Fact]
    public void A_mismatch_says_what_was_expected_and_what_was_found()
    {
        var result = Check("""{ "id": "X-1", "family": "PURGE", "input": { "closedOn": "2024-02-29" }, "expected": { "purgeOn": "2029-03-01" } }""");
        Assert.Equal("X-1", result.Id);
        Assert.Equal(["purgeOn: expected 2029-03-01, found 2029-02-28"], result.Faults);
    }

    [Theory]
    [InlineData("""{ "id": "X", "family": "MOON", "input": {}, "expected": { "dueDate": null } }""", "no family “MOON”")]
    [InlineData("""{ "id": "X", "input": {}, "expected": { "dueDate": null } }""", "no family “”")]
    [InlineData("""{ "id": "X", "family": "PURGE", "expected": { "purgeOn": null } }""", "no input")]
    [InlineData("""{ "id": "X", "family": "PURGE", "input": { "closedOn": "2026-02-30" }, "expected": { "purgeOn": null } }""", "closedOn “2026-02-30” is no day")]
    [InlineData("""{ "id": "X", "family": "PURGE", "input": { "closedOn": "2026-02-28", "retention": "5 ans" }, "expected": { "purgeOn": null } }""", "is no period")]
    [InlineData("""{ "id": "X", "family": "BREACH_72H", "input": { "awarenessAt": "2026-06-09T14:20:00" }, "expected": { "strictDeadline": null } }""", "no instant with its offset")]
    [InlineData("""{ "id": "X", "family": "BREACH_72H", "input": { "awarenessAt": "2026-06-09T14:20:00Z", "timeZone": "Europe/Ys" }, "expected": { "strictDeadline": null } }""", "Europe/Ys")]
    [InlineData("""{ "id": "X", "family": "RIGHTS_FIRST_DEADLINE", "input": { "territory": "METRO" }, "expected": { "dueDate": null } }""", "receivedAt is missing")]
    [InlineData("""{ "id": "X", "family": "RIGHTS_FIRST_DEADLINE", "input": { "receivedOn": "2026-06-03", "territory": "YS" }, "expected": { "dueDate": null } }""", "no holiday calendar")]
    [InlineData("""{ "id": "X", "family": "RIGHTS_SUSPENSION", "input": { "receivedOn": "2026-06-03", "suspensions": [ { "requestedOn": "2026-06-09", "suppliedOn": "2026-06-08" } ] }, "expected": { "dueDate": null } }""", "cannot have come")]
    [InlineData("""{ "id": "X", "family": "CONVENTION_NOTICE", "input": { "mode": "WHENEVER", "noticeMonths": 2 }, "expected": { "admissible": true } }""", "END_OF_PERIOD, ANY_TIME")]
    [InlineData("""{ "id": "X", "family": "OBLIGATION", "input": { "signedOn": "2026-06-03" }, "expected": { "dueDate": null } }""", "no delay is given")]
    [InlineData("""{ "id": "X", "family": "OBLIGATION", "input": { "delayMonths": 2 }, "expected": { "dueDate": null } }""", "no day is given")]
    [InlineData("""{ "id": "X", "family": "OBLIGATION", "input": { "signedOn": "2026-06-03", "delayMonths": "two" }, "expected": { "dueDate": null } }""", "no whole number")]
    [InlineData("""{ "id": "X", "family": "PURGE", "input": { "closedOn": "2026-02-28" }, "expected": {} }""", "expects nothing")]
    [InlineData("""{ "id": "X", "family": "PURGE", "input": { "closedOn": "2026-02-28" }, "expected": { "dueDate": "2031-02-28" } }""", "found nothing: the rule answers purgeOn")]
    [InlineData("3", "no input")]
    [InlineData("""{ "id": "X", "family": "PURGE", "input": { "seenOn": "2026-02-28", "retention": "P1Y" }, "expected": { "purgeOn": "2027-02-28" } }""", "purges from closedOn")]
    public void A_vector_that_cannot_be_tried_fails_and_says_why(string vector, string reason) =>
        Assert.Contains(reason, Assert.Single(Check(vector).Faults), StringComparison.Ordinal);

    [Theory]
    [InlineData("", 2, "")]
    [InlineData("not JSON", 2, "")]
    [InlineData("[]", 2, "")]
    [InlineData("""{ "vectors": [] }""", 2, "")]
    [InlineData("""{ "vectors": [ { "id": "X", "family": "MOON", "input": {}, "expected": {} } ] }""", 1, "X cannot be computed: the registry knows no family “MOON”.\n0 passed, 1 failed\n")]
    [InlineData("""{ "vectors": [ { "id": "X", "family": "PURGE", "input": { "closedOn": "2026-02-28" }, "expected": { "purgeOn": "2031-02-28" } } ] }""", 0, "1 passed, 0 failed\n")]
    public void The_verb_tells_a_failed_vector_from_an_unreadable_file(string content, int expected, string said)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(file, content);
            Assert.Equal((expected, said), Run(file));
        }
        finally
        {
            File.Delete(file);
        }
        Assert.Equal((2, ""), Run(file));
    }

    private static (int Code, string Output) Run(string file)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter();
        var code = Verbs.Deadlines(["deadlines", file], output, errors);
        Assert.Equal(code == 2, errors.ToString().Contains(file, StringComparison.Ordinal));
        return (code, output.ToString());
    }

    /// <summary>Cases that the file lacks, worked out by hand from the text of the rules.</summary>
    [Theory]
    [InlineData("BREACH_72H", """{ "awarenessAt": "2026-03-27T16:20:00+01:00", "timeZone": "Europe/Paris" }""", """{ "strictDeadline": "2026-03-30T17:20:00+02:00", "outerDeadline": "2026-03-30T18:00:00+02:00" }""")]
    [InlineData("BREACH_72H", """{ "awarenessAt": "2026-10-25T02:30:00+02:00", "timeZone": "Europe/Paris" }""", """{ "strictDeadline": "2026-10-28T01:30:00+01:00", "outerDeadline": "2026-10-28T02:00:00+01:00" }""")]
    [InlineData("BREACH_72H", """{ "awarenessAt": "2026-03-29T01:30:00+01:00", "timeZone": "Europe/Paris" }""", """{ "strictDeadline": "2026-04-01T02:30:00+02:00", "outerDeadline": "2026-04-01T03:00:00+02:00" }""")]
    [InlineData("BREACH_72H", """{ "awarenessAt": "2026-06-10T12:00:00Z", "territory": "SAINT_MARTIN" }""", """{ "strictDeadline": "2026-06-13T08:00:00-04:00", "outerDeadline": "2026-06-13T09:00:00-04:00" }""")]
    [InlineData("BREACH_PROCESSOR_CHAIN", """{ "processorAwareAt": "2026-06-01T09:00:00+02:00", "dpoInformedAt": null, "timeZone": "Europe/Paris" }""", """{ "awarenessAt": null, "strictDeadline": null, "outerDeadline": null, "processorAlertDelayMinutes": null, "processorAlertTargetExceeded": null }""")]
    [InlineData("BREACH_PROCESSOR_CHAIN", """{ "processorAwareAt": "2026-06-01T09:00:00+02:00", "internalFindingAt": "2026-06-01T10:00:00+02:00", "controllerAlertedAt": "2026-06-02T09:00:00+02:00", "timeZone": "Europe/Paris" }""", """{ "awarenessAt": "2026-06-01T10:00:00+02:00", "processorAlertDelayMinutes": 1440, "processorAlertTargetExceeded": false }""")]
    [InlineData("BREACH_TIMELINESS", """{ "awarenessAt": "2026-06-09T14:20:00+02:00", "initialNotificationAt": "2026-06-12T12:20:00Z", "timeZone": "Europe/Paris" }""", """{ "timeliness": "ON_TIME", "delayReasonRequired": false }""")]
    [InlineData("BREACH_TIMELINESS", """{ "awarenessAt": "2026-06-09T14:20:00+02:00", "initialNotificationAt": "2026-06-12T15:00:00+02:00", "timeZone": "Europe/Paris" }""", """{ "timeliness": "WITHIN_OUTER_LIMIT", "delayReasonRequired": true }""")]
    [InlineData("BREACH_TIMELINESS", """{ "awarenessAt": "2026-06-09T14:20:00+02:00", "initialNotificationAt": "2026-06-12T15:00:01+02:00", "timeZone": "Europe/Paris" }""", """{ "timeliness": "LATE", "delayReasonRequired": true }""")]
    [InlineData("BREACH_COMPLEMENT", """{ "initialNotificationAt": "2026-10-24T09:00:00+02:00", "timeZone": "Europe/Paris" }""", """{ "complementTargetAt": "2026-10-27T08:00:00+01:00" }""")]
    [InlineData("RIGHTS_FIRST_DEADLINE", """{ "receivedOn": "2026-03-03", "territory": "ALSACE_MOSELLE_NO_GF" }""", """{ "nominalDate": "2026-04-03", "dueDate": "2026-04-03", "rolled": false }""")]
    [InlineData("RIGHTS_FIRST_DEADLINE", """{ "receivedOn": "2026-03-03", "territory": "ALSACE_MOSELLE", "goodFridayObserved": false }""", """{ "dueDate": "2026-04-03" }""")]
    [InlineData("RIGHTS_FIRST_DEADLINE", """{ "receivedOn": "2026-04-27", "territory": "SAINT_MARTIN" }""", """{ "dueDate": "2026-05-28", "expiresAtExclusive": "2026-05-29T00:00:00-04:00" }""")]
    [InlineData("RIGHTS_FIRST_DEADLINE", """{ "receivedOn": "2026-09-09", "territory": "SAINT_BARTHELEMY" }""", """{ "nominalDate": "2026-10-09", "dueDate": "2026-10-12", "rolled": true }""")]
    [InlineData("RIGHTS_SUSPENSION", """{ "receivedOn": "2026-09-01", "territory": "METRO", "suspensions": [ { "requestedOn": "2026-09-08", "suppliedOn": "2026-09-15" }, { "requestedOn": "2026-09-03", "suppliedOn": "2026-09-10" } ] }""", """{ "suspensionDays": 12, "dueDate": "2026-10-13" }""")]
    [InlineData("RIGHTS_SUSPENSION", """{ "receivedOn": "2026-09-01", "territory": "METRO", "suspensions": [ { "requestedOn": "2026-09-03", "suppliedOn": "2026-09-20" }, { "requestedOn": "2026-09-05", "suppliedOn": "2026-09-07" } ] }""", """{ "suspensionDays": 17, "dueDate": "2026-10-19", "nominalDate": "2026-10-18" }""")]
    [InlineData("RIGHTS_SUSPENSION", """{ "receivedOn": "2026-03-02", "territory": "METRO", "suspensions": [ { "requestedOn": "2026-04-03", "suppliedOn": "2026-04-20" } ] }""", """{ "suspensionDays": 0, "dueDate": "2026-04-02" }""")]
    [InlineData("RIGHTS_SUSPENSION", """{ "receivedOn": "2026-03-02", "territory": "METRO", "suspensions": [ { "requestedOn": "2026-04-02", "suppliedOn": "2026-04-12" } ] }""", """{ "suspensionDays": 10, "nominalDate": "2026-04-12", "dueDate": "2026-04-13" }""")]
    [InlineData("RIGHTS_SUSPENSION", """{ "receivedOn": "2026-03-02", "territory": "METRO", "suspensions": [ { "requestedOn": "2026-03-10", "suppliedOn": "2026-03-20" }, { "requestedOn": "2026-04-10", "suppliedOn": "2026-04-12" }, { "requestedOn": "2026-05-01", "suppliedOn": "2026-05-12" } ] }""", """{ "suspensionDays": 12, "dueDate": "2026-04-14" }""")]
    [InlineData("RIGHTS_SUSPENSION", """{ "receivedOn": "2026-03-02", "territory": "METRO", "suspensions": [ { "requestedOn": "2026-03-10", "suppliedOn": null } ] }""", """{ "suspensionDays": 0, "suspendedSince": "2026-03-10", "dueDate": "2026-04-02" }""")]
    [InlineData("RIGHTS_SUSPENSION", """{ "receivedOn": "2026-03-02", "suspensions": [ { "requestedOn": "2026-03-10", "suppliedOn": "2026-03-12", "reason": "CLARIFICATION" } ] }""", """{ "suspensionDays": 0, "dueDate": "2026-04-02" }""")]
    [InlineData("RIGHTS_SUSPENSION", """{ "receivedOn": "2026-03-02", "suspensions": null }""", """{ "suspensionDays": 0, "dueDate": "2026-04-02" }""")]
    [InlineData("RIGHTS_EXTENSION", """{ "receivedOn": "2026-03-05", "territory": "METRO", "extensionNoticeSentOn": "2026-04-08" }""", """{ "firstDueDate": "2026-04-07", "extensionAccepted": false, "dueDate": "2026-04-07", "nominalDate": "2026-04-05" }""")]
    [InlineData("RIGHTS_EXTENSION", """{ "receivedOn": "2026-03-05", "territory": "METRO", "extensionNoticeSentOn": null }""", """{ "extensionAccepted": false, "dueDate": "2026-04-07" }""")]
    [InlineData("RIGHTS_EXTENSION", """{ "receivedOn": "2026-03-02", "territory": "METRO", "extensionNoticeSentOn": "2026-04-20", "suspensions": [ { "requestedOn": "2026-03-10", "suppliedOn": null } ] }""", """{ "extensionAccepted": true, "dueDate": "2026-06-02" }""")]
    [InlineData("RIGHTS_EXTENSION", """{ "receivedOn": "2026-03-02", "territory": "METRO", "extensionNoticeSentOn": "2026-03-30", "suspensions": [ { "requestedOn": "2026-05-11", "suppliedOn": "2026-05-14" } ] }""", """{ "firstDueDate": "2026-04-02", "extensionAccepted": true, "nominalDate": "2026-06-05", "dueDate": "2026-06-05", "suspensionDays": 3 }""")]
    [InlineData("CONVENTION_TERM", """{ "effectiveDate": "2024-02-29", "firmDurationMonths": 12, "renewalPeriodMonths": 12, "noticeMonths": 2 }""", """{ "currentPeriodLastDay": "2025-02-28", "nextPeriodFirstDay": "2025-03-01", "latestNoticeDate": "2024-12-31", "tacitRenewalPossible": true, "absoluteLastDay": null }""")]
    [InlineData("CONVENTION_TERM", """{ "effectiveDate": "2024-02-29", "firmDurationMonths": 12, "renewalPeriodMonths": 12, "maxTotalMonths": 60, "noticeMonths": 1, "renewalsElapsed": 3 }""", """{ "currentPeriodFirstDay": "2027-03-01", "currentPeriodLastDay": "2028-02-28", "nextPeriodFirstDay": "2028-02-29", "latestNoticeDate": "2028-01-28", "tacitRenewalPossible": true, "absoluteLastDay": "2029-02-28" }""")]
    [InlineData("CONVENTION_TERM", """{ "effectiveDate": "2014-01-01", "firmDurationMonths": 36, "renewalPeriodMonths": 24, "maxTotalMonths": 72, "noticeMonths": 12, "renewalsElapsed": 1 }""", """{ "currentPeriodLastDay": "2018-12-31", "nextPeriodFirstDay": "2019-01-01", "nextPeriodLastDay": null, "latestNoticeDate": null, "tacitRenewalPossible": false, "absoluteLastDay": "2019-12-31" }""")]
    [InlineData("CONVENTION_NOTICE", """{ "effectiveDate": "2024-03-01", "renewalPeriodMonths": 12, "currentPeriodLastDay": "2025-02-28", "noticeMonths": 2, "mode": "END_OF_PERIOD", "reckonedFrom": "RECEIPT", "noticeSentOn": "2024-12-31", "noticeReceivedOn": "2025-01-03" }""", """{ "admissible": false, "effectiveEnd": "2026-02-28", "latestNoticeDate": "2024-12-31" }""")]
    [InlineData("CONVENTION_NOTICE", """{ "effectiveDate": "2020-02-29", "renewalPeriodMonths": 12, "currentPeriodLastDay": "2023-02-28", "noticeMonths": 12, "mode": "END_OF_PERIOD", "reckonedFrom": "SENDING", "noticeSentOn": "2022-03-01" }""", """{ "admissible": false, "effectiveEnd": "2024-02-28", "latestNoticeDate": "2022-02-28" }""")]
    [InlineData("CONVENTION_NOTICE", """{ "effectiveDate": "2022-01-01", "renewalPeriodMonths": null, "currentPeriodLastDay": "2026-12-31", "noticeMonths": 6, "mode": "END_OF_PERIOD", "noticeReceivedOn": "2026-08-01" }""", """{ "admissible": false, "effectiveEnd": "2026-12-31" }""")]
    [InlineData("CONVENTION_NOTICE", """{ "effectiveDate": "2014-01-01", "renewalPeriodMonths": 12, "maxTotalMonths": 96, "currentPeriodLastDay": "2021-12-31", "noticeMonths": 12, "mode": "END_OF_PERIOD", "noticeReceivedOn": "2021-08-01" }""", """{ "admissible": false, "effectiveEnd": "2021-12-31" }""")]
    [InlineData("CONVENTION_NOTICE", """{ "mode": "FROM_CONTRACT_YEAR", "effectiveDate": "2024-02-29", "earliestNoticeContractYear": 2, "noticeReceivedOn": "2025-02-28", "noticeMonths": 6 }""", """{ "admissible": false, "earliestNoticeDate": "2025-03-01", "effectiveEnd": null }""")]
    [InlineData("CONVENTION_NOTICE", """{ "mode": "FROM_CONTRACT_YEAR", "effectiveDate": "2022-01-01", "earliestNoticeContractYear": 3, "noticeReceivedOn": "2024-08-31", "noticeMonths": 6 }""", """{ "admissible": true, "effectiveEnd": "2025-02-28" }""")]
    [InlineData("OBLIGATION", """{ "restitutionMinutesSignedOn": "2022-07-14", "delayMonths": 1, "rollPolicy": "PREVIOUS_WORKING_DAY", "territory": "METRO" }""", """{ "dueDate": "2022-08-12" }""")]
    [InlineData("OBLIGATION", """{ "publishedOn": "2026-06-10", "delayDays": 60, "rollPolicy": "NONE" }""", """{ "dueDate": "2026-08-09" }""")]
    [InlineData("OBLIGATION", """{ "publishedOn": "2026-06-10", "delayDays": 60, "rollPolicy": "NEXT_WORKING_DAY" }""", """{ "dueDate": "2026-08-10" }""")]
    [InlineData("OBLIGATION", """{ "wishedDate": "2026-02-28", "leadMonths": 6 }""", """{ "latestRequestDate": "2025-08-31" }""")]
    [InlineData("OBLIGATION", """{ "inServiceOn": "2015-05-20" }""", """{ "firstBilledMonth": "2015-06", "billedMonthsInYear": 7, "proRata": "7/12" }""")]
    [InlineData("OBLIGATION", """{ "inServiceOn": "2016-12-15" }""", """{ "firstBilledMonth": "2016-12", "billedMonthsInYear": 1, "proRata": "1/12" }""")]
    [InlineData("OBLIGATION", """{ "backupOn": "2026-02-25", "tier": "DAILY" }""", """{ "keptUntil": "2026-03-04" }""")]
    [InlineData("PURGE", """{ "verifiedOn": "2026-03-18" }""", """{ "purgeOn": "2026-03-18" }""")]
    [InlineData("PURGE", """{ "answerSentOn": "2026-11-30" }""", """{ "purgeOn": "2027-02-28" }""")]
    public void Cases_beyond_the_file_follow_the_rules(string family, string input, string expected) =>
        Assert.Empty(Check($$"""{ "id": "X", "family": "{{family}}", "input": {{input}}, "expected": {{expected}} }""").Faults);

    private static VectorResult Check(JsonNode vector) => Check(vector.ToJsonString());

    private static VectorResult Check(string vector) => VectorFile.Check($$"""{ "vectors": [ {{vector}} ] }""").Single();
}
