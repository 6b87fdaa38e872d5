using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Registry.Documents;

/// <summary>The parts of a DOCX that do not change with its text: styles, lists, paper, foot.</summary>
internal static class DocxStyles
{
    private const string Grey = "555555";

    public static Styles Styles(string language)
    {
        var styles = new Styles(
            new DocDefaults(
                new RunPropertiesDefault(new RunPropertiesBaseStyle(
                    new RunFonts { Ascii = "Arial", HighAnsi = "Arial", ComplexScript = "Arial" }, new FontSize { Val = "21" }, new Languages { Val = language == "fr" ? "fr-FR" : "en-GB" })),
                new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "140", Line = "276", LineRule = LineSpacingRuleValues.Auto }))));
        styles.Append(Paragraph("Normal", "Normal", null, isDefault: true));
        styles.Append(Paragraph("BodyText", "Body Text", "Normal"));
        styles.Append(Paragraph("Title", "Title", "Normal", size: 34, bold: true, before: 0, after: 80, keep: true));
        styles.Append(Paragraph("Heading1", "heading 1", "Normal", size: 26, bold: true, before: 300, after: 100, keep: true, outline: 0));
        styles.Append(Paragraph("Heading2", "heading 2", "Normal", size: 22, bold: true, before: 220, after: 60, keep: true, outline: 1));
        styles.Append(Paragraph("Heading3", "heading 3", "Normal", size: 21, bold: true, before: 160, after: 40, keep: true, outline: 2));
        styles.Append(Paragraph("ListParagraph", "List Paragraph", "Normal", after: 40));
        styles.Append(Paragraph("Quote", "Quote", "Normal", indent: 300));
        styles.Append(Paragraph("Letterhead", "En-tête de lettre", "Normal", size: 19, after: 0));
        styles.Append(Paragraph("Addressee", "Destinataire", "Normal", after: 0, indent: 5200));
        styles.Append(Paragraph("Date", "Date", "Normal", size: 19, after: 0, right: true));
        styles.Append(Paragraph("Legal", "Base légale", "Normal", size: 19, after: 240, colour: Grey));
        styles.Append(Paragraph("TOCHeading", "TOC Heading", "Normal", size: 22, bold: true, before: 200, after: 60));
        styles.Append(Paragraph("TOC1", "toc 1", "Normal", after: 20));
        styles.Append(Paragraph("TableText", "Texte de tableau", "Normal", size: 19, after: 20));
        styles.Append(Paragraph("TableHead", "Tête de tableau", "TableText", bold: true));
        styles.Append(Paragraph("AfterTable", "Après un tableau", "Normal", size: 8, after: 100));
        styles.Append(Paragraph("Footer", "footer", "Normal", size: 15, after: 0, colour: Grey));
        styles.Append(new Style(
            new StyleName { Val = "Table Grid" },
            new StyleTableProperties(new TableBorders(
                new TopBorder { Val = BorderValues.Single, Size = 4, Color = "999999" }, new LeftBorder { Val = BorderValues.Single, Size = 4, Color = "999999" },
                new BottomBorder { Val = BorderValues.Single, Size = 4, Color = "999999" }, new RightBorder { Val = BorderValues.Single, Size = 4, Color = "999999" },
                new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4, Color = "999999" }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4, Color = "999999" })))
        { Type = StyleValues.Table, StyleId = "TableGrid" });
        return styles;
    }

    /// <summary>Each list counts for itself.</summary>
    /// <param name="kinds">For each list in the text 1 for marks, 2 for numbers.</param>
    public static Numbering Numbering(IReadOnlyList<int> kinds)
    {
        var numbering = new Numbering(Kind(1, NumberFormatValues.Bullet, "•"), Kind(2, NumberFormatValues.Decimal, null));
        foreach (var (kind, index) in kinds.Select((kind, index) => (kind, index)))
        {
            var instance = new NumberingInstance(new AbstractNumId { Val = kind }) { NumberID = index + 1 };
            if (kind == 2) instance.Append(new LevelOverride(new StartOverrideNumberingValue { Val = 1 }) { LevelIndex = 0 });
            numbering.Append(instance);
        }
        return numbering;
    }

    /// <summary>A4, and at the foot the stamp and the number of the page.</summary>
    public static SectionProperties Section(MainDocumentPart main, string stamp)
    {
        var part = main.AddNewPart<FooterPart>();
        part.Footer = new Footer(new Paragraph(
            new ParagraphProperties(new ParagraphStyleId { Val = "Footer" }, new Tabs(new TabStop { Val = TabStopValues.Right, Position = 9600 })),
            new Run(new Text(stamp) { Space = SpaceProcessingModeValues.Preserve }), new Run(new TabChar()), new Run(new Text("page ") { Space = SpaceProcessingModeValues.Preserve }),
            new SimpleField(new Run(new Text("1"))) { Instruction = " PAGE " }, new Run(new Text(" / ") { Space = SpaceProcessingModeValues.Preserve }), new SimpleField(new Run(new Text("1"))) { Instruction = " NUMPAGES " }));
        return new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(part) },
            new PageSize { Width = 11906, Height = 16838 }, new PageMargin { Top = 1130, Bottom = 1130, Left = 1130, Right = 1130, Header = 600, Footer = 500, Gutter = 0 });
    }

    private static AbstractNum Kind(int id, NumberFormatValues format, string? mark) => new(
        [new MultiLevelType { Val = MultiLevelValues.HybridMultilevel },
        .. Enumerable.Range(0, 3).Select(level => (OpenXmlElement)new Level(
            new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = format }, new LevelText { Val = mark ?? $"%{level + 1}." }, new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties(new Indentation { Left = $"{360 * (level + 1)}", Hanging = "300" })) { LevelIndex = level })])
    { AbstractNumberId = id };

    private static Style Paragraph(string id, string name, string? from, bool isDefault = false, int? size = null, bool bold = false, int? before = null, int? after = null, bool keep = false,
        int? outline = null, bool right = false, int? indent = null, string? colour = null)
    {
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? true : null };
        if (from is not null) style.Append(new BasedOn { Val = from });
        style.Append(new PrimaryStyle());
        var paragraph = new StyleParagraphProperties();
        if (keep) paragraph.Append(new KeepNext());
        if (before is not null || after is not null) paragraph.Append(new SpacingBetweenLines { Before = $"{before ?? 0}", After = $"{after ?? 140}" });
        if (indent is { } left) paragraph.Append(new Indentation { Left = $"{left}" });
        if (right) paragraph.Append(new Justification { Val = JustificationValues.Right });
        if (outline is { } level) paragraph.Append(new OutlineLevel { Val = level });
        if (paragraph.HasChildren) style.Append(paragraph);
        var run = new StyleRunProperties();
        if (bold) run.Append(new Bold());
        if (colour is not null) run.Append(new Color { Val = colour });
        if (size is { } points) run.Append(new FontSize { Val = $"{points}" });
        if (run.HasChildren) style.Append(run);
        return style;
    }
}
