using System.Collections.Frozen;
using System.Globalization;
using System.IO.Compression;

namespace Registry.Facts;

/// <summary>The official list of communes and intercommunalities, read on first use from <c>official-bodies.txt.gz</c> (see README.md beside it).</summary>
public sealed class OfficialBodies
{
    private static readonly Lazy<OfficialBodies> Loaded = new(() => new OfficialBodies());

    private readonly FrozenDictionary<string, OfficialBody> _communes;
    private readonly FrozenDictionary<string, OfficialBody> _intercommunalities;
    private readonly FrozenDictionary<string, OfficialBody> _intercommunalityOfCommune;
    private readonly FrozenDictionary<string, OfficialBody[]> _members;
    private readonly OfficialBodySearch _search;

    private OfficialBodies()
    {
        var departments = new Dictionary<string, (string Name, string Region)>();
        var communes = new Dictionary<string, OfficialBody>(36_000);
        var intercommunalities = new Dictionary<string, OfficialBody>(1_300);
        var intercommunalityOfCommune = new Dictionary<string, OfficialBody>(36_000);
        var postalCodes = new Dictionary<string, string>(7_000);

        foreach (var line in Lines())
        {
            var fields = line.Split('\t');
            if (fields[0] == "D")
            {
                departments.Add(fields[1], (fields[2], fields[3]));
            }
            else if (fields[0] == "E")
            {
                intercommunalities.Add(fields[1], Body(fields[3], fields[2], fields[4], fields[5]) with { Siren = fields[1] });
            }
            else
            {
                var commune = Body(fields[2], "COMMUNE", fields[4], fields[5]) with
                {
                    InseeCode = fields[1],
                    Siren = fields[3].Length == 0 ? null : fields[3],
                    PostalCodes = [.. fields[7].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Shared)],
                };
                communes.Add(fields[1], commune);
                if (fields[6].Length > 0)
                    intercommunalityOfCommune.Add(fields[1], intercommunalities[fields[6]]);
            }
        }

        _communes = communes.ToFrozenDictionary(StringComparer.Ordinal);
        _intercommunalities = intercommunalities.ToFrozenDictionary(StringComparer.Ordinal);
        _intercommunalityOfCommune = intercommunalityOfCommune.ToFrozenDictionary(StringComparer.Ordinal);
        _members = intercommunalityOfCommune.GroupBy(pair => pair.Value.Siren!, pair => communes[pair.Key])
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _search = new OfficialBodySearch(communes.Values.Concat(intercommunalities.Values));

        OfficialBody Body(string name, string type, string department, string population)
        {
            var (departmentName, region) = departments[department];
            var (territory, timeZone) = PlaceOf(department);
            return new OfficialBody
            {
                Name = name,
                Type = type == "COMMUNE" ? type : string.Intern(type),
                DepartmentCode = string.Intern(department),
                DepartmentName = departmentName,
                RegionName = region,
                PostalCodes = [],
                Population = int.Parse(population, CultureInfo.InvariantCulture),
                Territory = territory,
                TimeZone = timeZone,
            };
        }

        // One postal code serves six communes on average.
        string Shared(string code) => postalCodes.TryGetValue(code, out var known) ? known : postalCodes[code] = code;
    }

    public static OfficialBodies Current => Loaded.Value;

    public IEnumerable<OfficialBody> Communes => _communes.Values;

    public IEnumerable<OfficialBody> Intercommunalities => _intercommunalities.Values;

    /// <summary>What somebody may mean by what they typed, best first: a name, its beginning, words of it in any order, a code.</summary>
    public IReadOnlyList<OfficialBody> Search(string? text, int limit = 20) => _search.Find(text, limit);

    public OfficialBody? FindCommune(string inseeCode) => _communes.GetValueOrDefault(inseeCode);

    public OfficialBody? FindIntercommunality(string siren) => _intercommunalities.GetValueOrDefault(siren);

    /// <summary>The communes of an intercommunality in the order of their INSEE codes; none when there is no such SIREN.</summary>
    public IReadOnlyList<OfficialBody> MembersOf(string siren) => _members.TryGetValue(siren, out var members) ? members : [];

    /// <summary>Null for an unknown commune and for those that belong to none: four islands and the overseas collectivities.</summary>
    public OfficialBody? IntercommunalityOf(string inseeCode) => _intercommunalityOfCommune.GetValueOrDefault(inseeCode);

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(OfficialBodies).Assembly.GetManifestResourceStream("facts/official-bodies.txt.gz")
            ?? throw new InvalidOperationException("facts/official-bodies.txt.gz is not embedded in the assembly.");
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static (string? Territory, string TimeZone) PlaceOf(string department)
    {
        var territory = department switch
        {
            "57" or "67" or "68" => "ALSACE_MOSELLE",
            "971" => "GUADELOUPE",
            "972" => "MARTINIQUE",
            "973" => "GUYANE",
            "974" => "REUNION",
            "976" => "MAYOTTE",
            "977" => "SAINT_BARTHELEMY",
            "978" => "SAINT_MARTIN",
            "975" or "986" or "987" or "988" => null,
            _ => "METRO",
        };
        var timeZone = department switch
        {
            "975" => "America/Miquelon",
            "986" => "Pacific/Wallis",
            "987" => "Pacific/Tahiti",
            "988" => "Pacific/Noumea",
            _ => Vocabulary.Current.Find("Territory", territory)!.Property("timeZone")!,
        };
        return (territory, timeZone);
    }
}
