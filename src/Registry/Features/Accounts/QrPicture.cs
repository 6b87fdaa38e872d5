using System.Text;
using QRCoder;

namespace Registry.Features.Accounts;

/// <summary>A QR code as one path in the page: no image address that would carry the secret, no `data:` that the content policy forbids.</summary>
public sealed record QrPicture(int Size, string Path)
{
    public static QrPicture Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < code.ModuleMatrix[y].Length; x++)
            {
                if (code.ModuleMatrix[y][x]) path.Append($"M{x} {y}h1v1h-1z");
            }
        }
        return new QrPicture(code.ModuleMatrix.Count, path.ToString());
    }
}
