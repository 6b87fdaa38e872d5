using System.Text;
using Registry.Files;
using Registry.Tests.Support;

namespace Registry.Tests.Files;

/// <summary>A file is taken as what its content proves, or not at all (S-70).</summary>
public sealed class FileInspectionTests
{
    private const string Canary = "Quintessence-48.85N";

    [Fact]
    [Trait("S", "70")]
    public void Files_that_are_what_they_say_are_taken()
    {
        foreach (var (name, content, staff) in new (string, byte[], bool)[]
                 {
                     ("Carte d’identité.pdf", Papers.Pdf(), false), ("carte.PDF", Papers.Pdf("", Papers.ObjectStream("9 0 << /Type /Font /BaseFont /Helvetica >>")), false),
                     ("photo.jpg", Papers.Jpeg(), false), ("photo.jpeg", Papers.Jpeg(exif: "x", comment: "y"), false), ("scan.png", Papers.Png(), false), ("scan.png", Papers.Png(8000, 6000, drawn: 6000), false),
                     ("copie.docx", Papers.Docx(), true), ("copie.ods", Papers.Ods(("styles.xml", "<a/>")), true), ("liste.csv", "nom;rue\n\"Dupont\";\"rue de la Paix\"\n"u8.ToArray(), true),
                     ("ancienne.csv", Encoding.Latin1.GetBytes("prénom;âge\nÉlodie;31\n"), true),
                 })
        {
            var (file, refusal) = FileInspection.Inspect(name, content, staff);
            Assert.True(file is not null, $"{name}: {refusal}");
        }
    }

    [Fact]
    [Trait("S", "70")]
    public void Files_that_act_hide_or_pretend_are_refused_and_for_what_they_are()
    {
        var html = "<!doctype html><script>alert(1)</script>"u8.ToArray();
        var pdf = Papers.Pdf();
        foreach (var (name, content, staff, expected) in new (string, byte[], bool, FileRefusal)[]
                 {
                     ("page.html", html, true, FileRefusal.NotAccepted), ("dessin.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), true, FileRefusal.NotAccepted), ("archive.zip", Papers.Zip(("a.txt", "a")), true, FileRefusal.NotAccepted),
                     ("copie.docx", Papers.Docx(), false, FileRefusal.NotAccepted), ("sans-extension", pdf, true, FileRefusal.NotAccepted), ("programme.pdf.exe", pdf, true, FileRefusal.NotAccepted), ("macro.docm", Papers.Docx(), true, FileRefusal.NotAccepted),
                     ("vide.pdf", [], false, FileRefusal.Empty), ("gros.pdf", new byte[FileInspection.Largest + 1], false, FileRefusal.TooLarge),
                     // Polyglots: another format before, inside or behind.
                     ("p.pdf", [.. html, .. pdf], false, FileRefusal.NotWhatItSays), ("p.pdf", [.. pdf, .. html], false, FileRefusal.NotWhatItSays),
                     ("p.pdf", Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(pdf).Replace("%PDF-1.7\n", "%PDF-1.7\n%<html><script>alert(1)</script>\n", StringComparison.Ordinal)), false, FileRefusal.NotWhatItSays),
                     ("p.pdf", [.. pdf, .. Papers.Zip(("a", "a"))], false, FileRefusal.NotWhatItSays), ("page.pdf", html, false, FileRefusal.NotWhatItSays), ("p.png", pdf, false, FileRefusal.NotWhatItSays), ("p.jpg", Papers.Png(), false, FileRefusal.NotWhatItSays),
                     ("tronque.pdf", pdf[..^40], false, FileRefusal.NotWhatItSays), ("tronque.jpg", Papers.Jpeg(whole: false), false, FileRefusal.NotWhatItSays), ("tronque.jpg", Papers.Jpeg()[..40], false, FileRefusal.NotWhatItSays),
                     ("tronque.png", Papers.Png()[..^20], false, FileRefusal.NotWhatItSays), ("abime.png", Broken(Papers.Png()), false, FileRefusal.NotWhatItSays),
                     ("script.pdf", Papers.Pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), false, FileRefusal.Scripted), ("cache.pdf", Papers.Pdf("/OpenAction << /S /J#61vaScript >>"), false, FileRefusal.Scripted),
                     ("profond.pdf", Papers.Pdf("", Papers.ObjectStream("9 0 << /S /JavaScript /JS (app.alert(1)) >>")), false, FileRefusal.Scripted), ("lance.pdf", Papers.Pdf("/AA << /O << /S /Launch >> >>"), false, FileRefusal.Scripted),
                     ("porte.pdf", Papers.Pdf("/Names << /EmbeddedFiles 9 0 R >>"), false, FileRefusal.Carrying), ("porte.pdf", Papers.Pdf("", "<< /Type /EmbeddedFile /Length 3 >>\nstream\nabc\nendstream"u8.ToArray()), false, FileRefusal.Carrying),
                     ("chiffre.pdf", Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(pdf).Replace("/Root 1 0 R", "/Root 1 0 R /Encrypt 9 0 R", StringComparison.Ordinal)), false, FileRefusal.Encrypted),
                     ("filtre.pdf", Papers.Pdf("", "<< /Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode] /Length 3 >>\nstream\nabc\nendstream"u8.ToArray()), false, FileRefusal.NotWhatItSays),
                     ("bombe.pdf", Papers.Pdf("", Papers.ObjectStream(new string(' ', 40 * 1024 * 1024))), false, FileRefusal.TooBigUnpacked),
                     ("immense.png", Papers.Png(60_000, 60_000, drawn: 1), false, FileRefusal.TooManyPixels), ("immense.jpg", Papers.Jpeg(10_000, 5_001), false, FileRefusal.TooManyPixels),
                     ("plus.png", Papers.Png(3, 2, drawn: 3), false, FileRefusal.NotWhatItSays), ("moins.png", Papers.Png(3, 2, drawn: 1), false, FileRefusal.NotWhatItSays),
                     ("bombe.docx", Papers.Docx(("word/bombe.xml", new string('0', 30 * 1024 * 1024))), true, FileRefusal.TooBigUnpacked),
                     ("mille.docx", Papers.Docx([.. Enumerable.Range(0, 2001).Select(i => ($"word/{i}.xml", "<a/>"))]), true, FileRefusal.TooBigUnpacked),
                     ("macro.docx", Papers.Docx(("word/vbaProject.bin", "x")), true, FileRefusal.Scripted), ("objet.docx", Papers.Docx(("word/embeddings/oleObject1.bin", "x")), true, FileRefusal.Carrying),
                     ("modele.docx", Papers.Docx(("word/_rels/settings.xml.rels", "<Relationships><Relationship Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" TargetMode=\"External\" Target=\"https://exemple.example/\"/></Relationships>")), true, FileRefusal.Carrying),
                     ("joint.docx", Papers.Docx(("word/media/programme.exe", "MZ")), true, FileRefusal.Carrying), ("chemin.docx", Papers.Docx(("../../etc/passwd.xml", "<a/>")), true, FileRefusal.NotWhatItSays),
                     ("dtd.docx", Papers.Docx(("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")), true, FileRefusal.NotWhatItSays), ("autre.xlsx", Papers.Docx(), true, FileRefusal.NotWhatItSays), ("autre.docx", Papers.Zip(("a.xml", "<a/>")), true, FileRefusal.NotWhatItSays),
                     ("macro.ods", Papers.Ods(("Basic/Standard/Module1.xml", "<a/>")), true, FileRefusal.Scripted), ("chiffre.ods", Papers.Ods(("META-INF/manifest.xml", "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>")), true, FileRefusal.Encrypted), ("autre.odt", Papers.Ods(), true, FileRefusal.NotWhatItSays),
                     ("page.csv", html, true, FileRefusal.NotWhatItSays), ("binaire.csv", [1, 2, 0, 4], true, FileRefusal.NotWhatItSays), ("ouvert.csv", "\"jamais fermé\n"u8.ToArray(), true, FileRefusal.NotWhatItSays),
                 })
        {
            var (file, refusal) = FileInspection.Inspect(name, content, staff);
            Assert.True(refusal == expected, $"{name} ({content.Length} bytes): {refusal?.ToString() ?? "taken"}, expected {expected}");
            Assert.Null(file);
        }
    }

    [Fact]
    [Trait("S", "71")]
    public void A_picture_loses_what_the_camera_wrote_into_it_and_what_follows_its_end_but_not_which_way_is_up()
    {
        var jpeg = FileInspection.Inspect("photo.jpg", [.. Papers.Jpeg(exif: Canary, orientation: 6, comment: Canary), .. Encoding.UTF8.GetBytes($"<script>{Canary}")], false).File!.Content;
        Assert.DoesNotContain(Canary, Encoding.Latin1.GetString(jpeg));
        Assert.Contains("Exif", Encoding.Latin1.GetString(jpeg));
        Assert.Equal(6, jpeg[jpeg.AsSpan().IndexOf("Exif"u8) + 25]);
        Assert.Equal([0xFF, 0xD9], jpeg[^2..]);
        // What is left is still a picture, and nothing more can be taken from it.
        Assert.Equal(jpeg, FileInspection.Inspect("photo.jpg", jpeg, false).File!.Content);
        var png = FileInspection.Inspect("scan.png", [.. Papers.Png(text: Canary), .. Encoding.UTF8.GetBytes(Canary)], false).File!.Content;
        Assert.DoesNotContain(Canary, Encoding.Latin1.GetString(png));
        Assert.Equal(Papers.Png(), png);
    }

    [Theory]
    [Trait("S", "71")]
    [InlineData("../../etc/passwd.pdf", "passwd.pdf")]
    [InlineData("C:\\Users\\x\\carte.pdf", "carte.pdf")]
    [InlineData("carte\r\nSet-Cookie: a=b.pdf", "carteSet-Cookie_ a=b.pdf")]
    [InlineData("fdp.\u202Eexe.pdf", "fdp.exe.pdf")]
    [InlineData("e\u0301te\u0301.pdf", "été.pdf")]
    [InlineData("a\"b<c>.pdf", "a_b_c_.pdf")]
    [InlineData(null, "")]
    public void The_name_is_data(string? sent, string kept) => Assert.Equal(kept, FileInspection.NameOf(sent));

    [Fact]
    [Trait("S", "71")]
    public void A_long_name_keeps_its_extension()
    {
        var name = FileInspection.NameOf(new string('é', 400) + ".pdf");
        Assert.Equal(FileInspection.LongestName, name.Length);
        Assert.EndsWith(".pdf", name);
        Assert.True(FileInspection.NameOf(string.Concat(Enumerable.Repeat("🪪", 200)) + ".pdf").Length <= FileInspection.LongestName);
    }

    [Fact]
    [Trait("S", "71")]
    public void A_part_opens_in_its_own_place_alone()
    {
        var keys = new Registry.Data.Keys(new byte[32]);
        var (body, file) = (Guid.NewGuid(), Guid.NewGuid());
        var sealedFile = SealedFile.New(body, file);
        var (key, part) = (sealedFile.Wrap(keys), sealedFile.SealPart("contenu"u8.ToArray(), 0, 2));
        Assert.Equal("contenu"u8.ToArray(), SealedFile.Open(keys, body, file, key).OpenPart(part, 0, 2));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => sealedFile.OpenPart(part, 1, 2));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => sealedFile.OpenPart(part, 0, 1));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => SealedFile.Open(keys, Guid.NewGuid(), file, key));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => SealedFile.Open(keys, body, Guid.NewGuid(), key));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => SealedFile.New(body, file).OpenPart(part, 0, 2));
    }

    private static byte[] Broken(byte[] png)
    {
        png[20] ^= 1;
        return png;
    }
}
