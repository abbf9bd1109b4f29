using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Platform.Http;

/// <summary>
/// A file of any size up to a limit, as the body itself or as the one field <c>file</c> of a form, streamed into a file of this machine: it is never in memory as a whole,
/// and what is larger than the limit is refused at the first byte too many, or before any by its Content-Length.
/// </summary>
internal sealed class ReceivedFile : IDisposable
{
    private const int MaxFileName = 255;
    private const long Around = 1 << 20;   // a form has boundaries and headers beside the file

    private ReceivedFile(string name, Stream content, string sha256) => (Name, Content, Sha256) = (name, content, sha256);

    /// <summary>Without folders; <c>upload</c> when the sender gave none.</summary>
    public string Name { get; }
    /// <summary>From its beginning.</summary>
    public Stream Content { get; }
    public long SizeBytes => Content.Length;
    /// <summary>Lower-case hex.</summary>
    public string Sha256 { get; }

    /// <param name="keep">Where to put what arrives; becomes <see cref="Content"/>.</param>
    public static async Task<(ReceivedFile? File, Problem? Problem)> Read(HttpRequest request, long maxBytes, Func<Stream> keep, CancellationToken ct)
    {
        if (request.ContentLength > maxBytes + Around) return (null, TooLarge(maxBytes));
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var stated) ? stated : null;
        if (type?.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
            return (null, Problems.Of(415, "not-a-file", new Words("请以 multipart/form-data 的 file 字段,或直接以请求体上传文件。", "Send the file as the body, or as the field file of multipart/form-data.").ToString()));
        // Here and not on the route: whoever may not upload, or came without his token, is held to the limit of all others.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = maxBytes + Around;
        try
        {
            if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
                return await Keep(request.Body, ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var said) ? NameOf(said) : "", maxBytes, keep, ct);
            var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
            if (boundary is not { Length: > 0 and <= 70 }) return (null, Malformed());
            return await Form(new MultipartReader(boundary, request.Body), maxBytes, keep, ct);
        }
        // The body ends too early, or is no form at all; a body that is too large or a broken connection says so itself.
        catch (Exception e) when (e is InvalidDataException || (e is IOException && e.GetType() == typeof(IOException))) { return (null, Malformed()); }
    }

    private static async Task<(ReceivedFile?, Problem?)> Form(MultipartReader reader, long maxBytes, Func<Stream> keep, CancellationToken ct)
    {
        ReceivedFile? file = null;
        try
        {
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                var problem = !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) ? Malformed()
                    : HeaderUtilities.RemoveQuotes(disposition.Name).Value is var name && name != "file" ? Problems.Of(Refusal.Field("unknown-field", "/" + name, new($"没有名为“{name}”的字段;表单只有 file,其余写在查询参数中。", $"There is no field “{name}”; the form has file alone, all else stands in the query string.")))
                    : file is not null ? Problems.Of(Refusal.Field("duplicate-field", "/file", new("只能上传一个文件。", "One file at a time.")))
                    : null;
                if (problem is null) (file, problem) = await Keep(section.Body, NameOf(disposition!), maxBytes, keep, ct);
                if (problem is null) continue;
                file?.Dispose();
                return (null, problem);
            }
        }
        catch { file?.Dispose(); throw; }
        return file is null ? (null, Missing()) : (file, null);
    }

    private static async Task<(ReceivedFile?, Problem?)> Keep(Stream body, string name, long maxBytes, Func<Stream> keep, CancellationToken ct)
    {
        if (!ReadableText.Is(name)) return (null, Problems.Of(Refusal.Field("unreadable-text", "/file", new("文件名含有无法识别的字符。", "The file's name holds characters nobody can read."))));
        var content = keep();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[128 << 10];
            int read;
            while ((read = await body.ReadAsync(buffer, ct)) > 0)
            {
                if (content.Length + read > maxBytes)
                {
                    await content.DisposeAsync();
                    return (null, TooLarge(maxBytes));
                }
                hash.AppendData(buffer, 0, read);
                await content.WriteAsync(buffer.AsMemory(0, read), ct);
            }
            if (content.Length == 0)
            {
                await content.DisposeAsync();
                return (null, Missing());
            }
            content.Position = 0;
            return (new(name.Length == 0 ? "upload" : name, content, Convert.ToHexStringLower(hash.GetCurrentHash())), null);
        }
        catch { await content.DisposeAsync(); throw; }
    }

    // Older browsers send the folders along; they are nobody's business, and no part of a name.
    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var sent = (disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.UnescapeAsQuotedString(disposition.FileName).Value) ?? "";
        var name = sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return name.Length > MaxFileName ? name[^MaxFileName..] : name;
    }

    private static Problem TooLarge(long most) => Problems.Of(413, "file-too-large", new Words($"文件超过 {most >> 20} MB;请拆分,或以 gzip 压缩后上传。", $"The file is larger than {most >> 20} MB; split it, or compress it with gzip.").ToString());

    private static Problem Missing() => Problems.Of(Refusal.Field("file-missing", "/file", new("没有收到文件,或文件为空。", "No file came, or an empty one.")));

    private static Problem Malformed() => Problems.Of(400, "malformed-form", new Words("无法读取上传的内容:不完整或格式不正确;未保存任何内容。", "The upload cannot be read: it ends too early or is no form. Nothing was kept.").ToString());

    public void Dispose() => Content.Dispose();
}
