using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Http;

/// <summary>
/// A form with one file (multipart/form-data), read part by part: what is too large is refused before it is in memory, and an unknown field is refused as in JSON.
/// The framework's own binding would take everything in first, and drop what it does not know.
/// </summary>
internal sealed class UploadedForm
{
    private const int MaxFieldBytes = 16 << 10, MaxParts = 200, MaxFileName = 255;

    private readonly Dictionary<string, List<string>> _fields = [];

    /// <summary>Without folders; null when no file came.</summary>
    public string? FileName { get; private set; }

    public byte[] Content { get; private set; } = [];

    public string? Text(string field) => _fields.TryGetValue(field, out var values) ? values[0] : null;

    /// <summary>A field that may come several times, or hold values with commas or blanks between them.</summary>
    public IReadOnlyList<string> List(string field) =>
        _fields.TryGetValue(field, out var values) ? [.. values.SelectMany(v => v.Split([',', ' ', ',', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))] : [];

    /// <summary>Of the whole body: the file, and room for the fields beside it.</summary>
    private static long MostBytes(int fileBytes) => fileBytes + (1L << 20);

    /// <param name="fields">The names of the fields there are, beside <c>file</c>.</param>
    /// <param name="repeated">Those of them that may come more than once.</param>
    public static async Task<(UploadedForm? Form, Problem? Problem)> Read(HttpRequest request, int maxFileBytes, string[] fields, string[] repeated, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return (null, Problems.Of(415, "not-multipart", new Words("请以 multipart/form-data 上传文件。", "Send the file as multipart/form-data.").ToString()));
        if (request.ContentLength > MostBytes(maxFileBytes)) return (null, TooLarge(maxFileBytes));
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (boundary is not { Length: > 0 and <= 70 }) return (null, Malformed());
        // Here and not on the route: whoever may not upload, or came without his token, is held to the limit of all others.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes(maxFileBytes);
        var form = new UploadedForm();
        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            for (var parts = 0; await reader.ReadNextSectionAsync(ct) is { } section; parts++)
                if (parts >= MaxParts) return (null, Malformed());
                else if (await form.Take(section, maxFileBytes, fields, repeated, ct) is { } problem) return (null, problem);
        }
        // The body ends too early, or is no form at all; a body that is too large or a broken connection says so itself.
        catch (Exception e) when (e is InvalidDataException || (e is IOException && e.GetType() == typeof(IOException))) { return (null, Malformed()); }
        return (form, null);
    }

    private async Task<Problem?> Take(MultipartSection section, int maxFileBytes, string[] fields, string[] repeated, CancellationToken ct)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)) return Malformed();
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        if (name == "file")
        {
            if (FileName is not null) return Field("duplicate-field", name, new("只能上传一个文件。", "One file at a time."));
            FileName = NameOf(disposition);
            if (!ReadableText.Is(FileName)) return Field("unreadable-text", name, new("文件名含有无法识别的字符。", "The file's name holds characters nobody can read."));
            if (await Bounded(section.Body, maxFileBytes, ct) is not { } content) return TooLarge(maxFileBytes);
            Content = content;
            return null;
        }
        if (!fields.Contains(name)) return Field("unknown-field", name, new(
            $"没有名为“{name}”的字段;可用的有 file、{string.Join("、", fields)}。", $"There is no field “{name}”; known are file, {string.Join(", ", fields)}."));
        if (_fields.ContainsKey(name) && !repeated.Contains(name)) return Field("duplicate-field", name, new("该字段出现了不止一次。", "The field stands in the form more than once."));
        if (await Bounded(section.Body, MaxFieldBytes, ct) is not { } bytes) return Field("maximum-length", name, new("内容过长。", "It is too long."));
        string text;
        try { text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes); }
        catch (DecoderFallbackException) { return Field("unreadable-text", name, new("须为 UTF-8 编码。", "It must be in UTF-8.")); }
        if (!ReadableText.Is(text)) return Field("unreadable-text", name, new("含有无法识别的字符。", "It holds characters nobody can read."));
        if (_fields.TryGetValue(name, out var earlier)) earlier.Add(text);
        else _fields.Add(name, [text]);
        return null;
    }

    // Older browsers send the folders along; they are nobody's business, and no part of a name.
    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var sent = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.UnescapeAsQuotedString(disposition.FileName).Value;
        var name = (sent ?? "")[((sent ?? "").LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return name.Length > MaxFileName ? name[^MaxFileName..] : name;
    }

    private static async Task<byte[]?> Bounded(Stream body, int most, CancellationToken ct)
    {
        using var taken = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, ct)) > 0)
        {
            if (taken.Length + read > most) return null;
            taken.Write(buffer, 0, read);
        }
        return taken.ToArray();
    }

    private static Problem Field(string code, string name, Words words) => Problems.Of(Refusal.Field(code, "/" + name, words));

    private static Problem TooLarge(int maxFileBytes) => Problems.Of(413, "file-too-large", new Words($"文件超过 {maxFileBytes >> 20} MB。", $"The file is larger than {maxFileBytes >> 20} MB.").ToString());

    private static Problem Malformed() => Problems.Of(400, "malformed-form", new Words("无法读取上传的表单:内容不完整或格式不正确。", "The form cannot be read: it ends too early or is not one.").ToString());
}
