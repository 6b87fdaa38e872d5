using Registry.Features.Shared;
using Registry.Files;

namespace Registry.Features.Requests;

public enum RequestFileKind { Identity, Answer }

/// <summary>Where a file stands between its arrival and somebody's hands (S-72): only a clean one is given to anybody.</summary>
public enum RequestFileState { Received, Scanning, Clean, Infected, Unreadable }

/// <summary>A file of a request, without its bytes.</summary>
public sealed record RequestFile
{
    /// <summary>How long a proof of identity is kept at most when nobody decides (S-82), and how long one waits before an infected file is erased (S-72).</summary>
    public const int ProofDays = 30, InfectedDays = 7;

    /// <summary>Of one request, and of all requests of a body (S-70).</summary>
    public const long LargestCase = 200L * 1024 * 1024, LargestBody = 5L * 1024 * 1024 * 1024;

    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }
    public required RequestFileKind Kind { get; init; }
    public required FileMedia Media { get; init; }
    public required int Size { get; init; }
    public required int Parts { get; init; }
    public required string Name { get; init; }
    public required RequestFileState State { get; init; }
    public DateOnly? ExpiresOn { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required string AddedBy { get; init; }

    /// <summary>Its sealed key; only the store opens it.</summary>
    public required byte[] Key { get; init; }

    public bool MayBeGiven => State == RequestFileState.Clean;

    /// <summary>The state in words (a message key), for whoever works with it.</summary>
    public static string Word(RequestFileState state, bool scannerThere) => state switch
    {
        RequestFileState.Clean => Languages.Key("analysé, sans danger"),
        RequestFileState.Infected => Languages.Key("dangereux : il contient un logiciel malveillant, personne ne peut l’ouvrir"),
        RequestFileState.Unreadable => Languages.Key("l’antivirus n’a pas pu le lire : personne ne peut l’ouvrir"),
        RequestFileState.Scanning => Languages.Key("analyse en cours"),
        _ => scannerThere ? Languages.Key("en attente d’analyse") : Languages.Key("non analysé : aucun antivirus n’est relié, le fichier attend"),
    };

    public string SizeText => Size < 1024 * 1024 ? $"{Math.Max(1, Size / 1024)} Ko" : string.Create(System.Globalization.CultureInfo.GetCultureInfo("fr-FR"), $"{Size / 1048576.0:0.0} Mo");
}
