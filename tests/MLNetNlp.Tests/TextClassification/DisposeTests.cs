using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.TextClassification;

[TestClass]
public sealed class DisposeTests
{
    [TestMethod]
    public void Use_after_disposal_is_an_ObjectDisposedException()
    {
        var ml = new MLContext();
        var data = Trained.Data(Texts.Opinions(10));
        var model = Fit();
        var scored = model.Transform(data);
        var engine = ml.Model.CreatePredictionEngine<Opinion, OpinionPrediction>(model);
        engine.Predict(new Opinion { Text = "soup" });
        using var cursor = scored.GetRowCursor(scored.Schema);
        var getter = cursor.GetGetter<float>(scored.Schema["Score"]);
        Assert.IsTrue(cursor.MoveNext());

        model.Dispose();
        model.Dispose();
        var value = 0f;
        Assert.ThrowsExactly<ObjectDisposedException>(() => getter(ref value));
        Assert.ThrowsExactly<ObjectDisposedException>(() => model.Transform(data));
        Assert.ThrowsExactly<ObjectDisposedException>(() => scored.GetColumn<float>("Score").First());
        Assert.Throws<ObjectDisposedException>(() => engine.Predict(new Opinion { Text = "bread" }));
        Assert.ThrowsExactly<ObjectDisposedException>(() => model.SaveToDirectory(Scratch.NewPath("disposed")));
        Assert.Throws<ObjectDisposedException>(() => ml.Model.Save(model, data.Schema, Scratch.NewPath("model.zip")));
        Assert.HasCount(2, model.LabelValues);
    }

    [TestMethod]
    public void Disposing_while_others_score_ends_them_with_an_error_or_a_result()
    {
        var model = Fit();
        var data = Trained.Data(Texts.Opinions(400));
        using var started = new CountdownEvent(4);
        var tasks = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var sum = 0f;
            started.Signal();
            try
            {
                while (true)
                    sum += model.Transform(data).GetColumn<float>("Score").Sum();
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        })).ToArray();
        started.Wait();
        Thread.Sleep(50);
        model.Dispose();
        Assert.IsTrue(Task.WaitAll(tasks, TimeSpan.FromSeconds(60)));
        Assert.IsTrue(tasks.All(t => t.Result));
    }

    private static BinaryTextClassificationTransformer Fit() =>
        Trained.OpinionTrainer(new MLContext(), Trained.OpinionOptions with { Training = Trained.Training with { MaxSteps = 1 } })
            .Fit(Trained.Data(Texts.Opinions(20)));
}
