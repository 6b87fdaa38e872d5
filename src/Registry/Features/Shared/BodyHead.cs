namespace Registry.Features.Shared;

/// <summary>Who stands at the head of a body: only a commune has a mayor, most others have a president.</summary>
public enum BodyHead { Mayor, President, Other }

public static class BodyHeads
{
    public static BodyHead Of(string? organisationType) => organisationType switch
    {
        "COMMUNE" or "COMMUNE_NOUVELLE" => BodyHead.Mayor,
        "COMPANY" or "STATE_BODY" or "ETABLISSEMENT_PUBLIC_LOCAL" or null => BodyHead.Other,
        _ => BodyHead.President,
    };
}
