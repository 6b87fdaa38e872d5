namespace Registry.Access;

/// <summary>What a person may be for an organisation (domain §1.2). The order is that of the columns of <see cref="Rights"/>.</summary>
public enum Role
{
    PlatformAdmin,
    Dpo,
    DpoAssistant,
    ControllerRep,
    Correspondent,
    CorrespondentDelegate,
    Contributor,
    ProcessorHelpdesk,
    ProcessorManager,
    AreaExecutive,
    Auditor,
}

public static class Roles
{
    /// <summary>Every kind of appointment, as the table knows them.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "DGS", "DPO", "DPO_ASSISTANT", "CORRESPONDENT", "CORRESPONDENT_DELEGATE", "SECURITY_OFFICER", "HELPDESK_AGENT",
        "CONTRACT_MANAGER", "SERVICE_CONTRIBUTOR", "AUDITOR", "AREA_EXECUTIVE", "PLATFORM_ADMIN",
    ];

    /// <summary>The role that an appointment gives; the codes are those of the table appointment.</summary>
    public static Role Of(string appointmentKind) => appointmentKind switch
    {
        "LEGAL_REPRESENTATIVE" or "ELECTED_DELEGATE" or "DGS" => Role.ControllerRep,
        "DPO" => Role.Dpo,
        "DPO_ASSISTANT" => Role.DpoAssistant,
        "CORRESPONDENT" => Role.Correspondent,
        "CORRESPONDENT_DELEGATE" => Role.CorrespondentDelegate,
        "SECURITY_OFFICER" or "SERVICE_CONTRIBUTOR" => Role.Contributor,
        "HELPDESK_AGENT" => Role.ProcessorHelpdesk,
        "CONTRACT_MANAGER" => Role.ProcessorManager,
        "AREA_EXECUTIVE" => Role.AreaExecutive,
        "AUDITOR" => Role.Auditor,
        "PLATFORM_ADMIN" => Role.PlatformAdmin,
        _ => throw new ArgumentOutOfRangeException(nameof(appointmentKind), appointmentKind, "No role for this kind of appointment."),
    };

    /// <summary>The kinds that open a function to be read whole, for the queries that look over several organisations: what one holds here opens nothing there.</summary>
    public static string[] Readers(Function function) => [.. Kinds.Where(kind => Rights.Allows(function, Right.Read, Of(kind)))];

    /// <summary>The code of the vocabulary (enumeration UserRole), used in the history and by the state machines.</summary>
    public static string Code(this Role role) => role switch
    {
        Role.PlatformAdmin => "PLATFORM_ADMIN",
        Role.Dpo => "DPO",
        Role.DpoAssistant => "DPO_ASSISTANT",
        Role.ControllerRep => "CONTROLLER_REP",
        Role.Correspondent => "CORRESPONDENT",
        Role.CorrespondentDelegate => "CORRESPONDENT_DELEGATE",
        Role.Contributor => "CONTRIBUTOR",
        Role.ProcessorHelpdesk => "PROCESSOR_HELPDESK",
        Role.ProcessorManager => "PROCESSOR_MANAGER",
        Role.AreaExecutive => "AREA_EXECUTIVE",
        _ => "AUDITOR",
    };
}
